// Any text pasted: what holds is shown, at every width, with and without scripts, from number to number by keys.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
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
  test('a file dropped is read', () => dropped(world()));
  test('what was found is taken along', () => downloads(world()));
  test('too many texts are told when to come again', () => tooMany(world()));
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
    assert.match(await page.textContent('.found-summary'), /11 con số, 3 phép tính/);
    assert.match(await page.textContent('.tally'), /Các phép tính\s+1\s+không khớp/);
    assert.match(await page.textContent('.sums'), /1\.250 \+ 308 \+ 42 = 1\.600, không phải 1\.672/);
    await page.locator('.tally a', { hasText: 'không khớp' }).first().click();
    assert.match(await page.textContent('.checked-text :target'), /1\.672 hộ/, 'a count opens its place');
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

async function dropped({ browser, url }) {
  const { page, faults, close } = await open(browser);
  try {
    await page.goto(`${url}/soat-so`, { waitUntil: 'load' });
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'bai.txt', { type: 'text/plain' }));
      return transfer;
    }, TEXT);
    await page.dispatchEvent('#tep', 'drop', { dataTransfer: data });
    assert.equal(await page.evaluate(() => document.querySelector('#tep').files[0]?.name), 'bai.txt');
    await page.fill('#ngay', '17/11/2025');
    await page.locator('main button.primary').click();
    await page.waitForSelector('.found-summary');
    assert.match(await page.textContent('.sums'), /1\.250 \+ 308 \+ 42 = 1\.600, không phải 1\.672/);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

// Both are archives whose parts are named in the clear; what is in them is read by the tests of `documents/`.
const FILES = {
  docx: ['wordprocessingml.document', ['word/document.xml', 'word/comments.xml']],
  xlsx: ['spreadsheetml.sheet', ['xl/workbook.xml', 'xl/worksheets/sheet4.xml']],
};

async function downloads({ browser, url }) {
  const { page, close } = await open(browser);
  try {
    await send(page, url);
    for (const [ending, [type, parts]] of Object.entries(FILES)) {
      const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
      const arriving = page.waitForEvent('download');
      await page.locator(`button[value='${ending}']`).click();
      assert.match((await answered).headers()['content-type'], new RegExp(type));
      const file = await arriving;
      assert.equal(file.suggestedFilename(), `soat-so-2025-11-17.${ending}`);
      const bytes = await readFile(await file.path());
      assert.equal(bytes.subarray(0, 2).toString('latin1'), 'PK');
      for (const part of parts) assert.ok(bytes.includes(part), `${ending}: ${part}`);
    }
    assert.ok(await page.locator('.found-summary').isVisible(), 'the page stays');
  } finally {
    await close();
  }
}

// Runs last: it uses up what all together may send, and waits until that is given back.
async function tooMany({ browser, url }) {
  const { page, close } = await open(browser);
  try {
    await page.goto(`${url}/soat-so`, { waitUntil: 'load' });
    const refused = await page.evaluate(async () => {
      for (let sent = 0; sent < 120; sent += 1) {
        const form = new FormData();
        form.set('bai', 'Tỉnh có 5 xã.');
        const answer = await fetch('/soat-so', { method: 'POST', body: form });
        if (answer.status === 429) return { after: answer.headers.get('retry-after'), text: await answer.text() };
      }
      return null;
    });
    assert.ok(refused, 'there is a limit');
    assert.match(refused.text, /Đang có nhiều bài cần soát\. Xin gửi lại sau \d+ giây; bài vẫn còn trong ô/);
    assert.match(refused.text, /Tỉnh có 5 xã\./, 'what was typed stays');
    await page.waitForTimeout((Number(refused.after) + 10) * 1000);
  } finally {
    await close();
  }
}
