// Any text pasted: what holds is shown, at every width, with and without scripts, from number to number by keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';

const TEXT = `Đến ngày 17/11/2025, toàn tỉnh Lào Cai có 4.607 trạm; 96/99 xã, phường (97%) có cáp quang.

Toàn tỉnh rà soát 1.672 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác.

Tổng thu đạt 14.300 tỷ đồng, gồm thu nội địa 12.010 tỷ đồng và thu từ xuất nhập khẩu 2.290 tỷ đồng.`;
const WIDTHS = [1366, 390, 320];

/// Declares the tests; `world()` gives browser and address once they run.
export function checkedTests(world) {
  for (const width of WIDTHS) {
    for (const scripts of [true, false]) {
      test(`a pasted text, ${width} px${scripts ? '' : ', no scripts'}`, () => pasted(world(), width, scripts));
    }
  }
  test('from number to number by the keyboard', () => keyboard(world()));
  test('a box on the start page', () => fromStart(world()));
  test('a wrong day keeps the text', () => wrongDay(world()));
}

async function send(page, url, text = TEXT, day = '17/11/2025') {
  await page.goto(`${url}/soat-so`, { waitUntil: 'load' });
  await page.fill('#bai', text);
  await page.fill('#ngay', day);
  await page.locator('main button.primary').click();
  await page.waitForLoadState('load');
}

async function pasted({ browser, url }, width, scripts) {
  const { page, faults, close } = await open(browser, { width, scripts });
  try {
    await send(page, url);
    assert.match(await page.textContent('.found-summary'), /11 con số.*1 không khớp/s);
    assert.match(await page.textContent('.sums'), /1\.250 \+ 308 \+ 42 = 1\.600, không phải 1\.672/);
    const wrong = page.locator('.checked-text a.num.wrong');
    assert.equal(await wrong.count(), 1);
    assert.match(await wrong.textContent(), /không khớp/, 'a word beside the line');
    const detail = await wrong.getAttribute('href');
    await wrong.click();
    assert.equal(await page.locator(`${detail}:target`).count(), 1, 'a number opens what it says');
    const said = [
      ...(await checks.outline(page)),
      ...(await checks.width(page)),
      ...(await checks.inline(page)),
      ...(await checks.accessibility(page)),
      ...faults,
    ];
    assert.deepEqual(said, [], said.join('\n'));
  } finally {
    await close();
  }
}

async function keyboard({ browser, url }) {
  const { page, close } = await open(browser);
  try {
    await send(page, url);
    const focused = () => page.evaluate(() => document.activeElement.id);
    await page.focus('#s0');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 's1');
    await page.keyboard.press('End');
    assert.equal(await focused(), 's10');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 's10', 'the last stays');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), 's9');
    assert.equal(await page.locator('#c9.current').count(), 1);
    assert.ok(await page.locator('#c9').isVisible());
  } finally {
    await close();
  }
}

async function fromStart({ browser, url }) {
  const { page, close } = await open(browser);
  try {
    await page.goto(url, { waitUntil: 'load' });
    await page.fill('.paste textarea', TEXT);
    await page.locator('.paste button').click();
    await page.waitForSelector('.found-summary');
    assert.equal(await page.locator('.checked-text p').count(), 3);
  } finally {
    await close();
  }
}

async function wrongDay({ browser, url }) {
  const { page, close } = await open(browser);
  try {
    await send(page, url, TEXT, '31/02/2025');
    assert.match(await page.textContent('#ngay-loi'), /28 ngày/);
    assert.equal(await page.inputValue('#bai'), TEXT);
  } finally {
    await close();
  }
}
