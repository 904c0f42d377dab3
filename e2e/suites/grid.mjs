// A month on a grid: pasted from Excel, walked by keys, summed while typing, saved with and without scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';

const GRID = '/so/thu-tuc-thang/bang-nhap?dv=MH&ky=2025-11';

/// Declares the tests; `world()` gives browser and address once they run.
export function gridTests(world) {
  test('a block of Excel is pasted, keys move, sums follow', () => pasted(world()));
  for (const scripts of [true, false]) {
    test(`a wrong cell stays as typed${scripts ? '' : ', no scripts'}`, () => wrong(world(), scripts));
  }
}

async function pasted({ browser, url }) {
  const { page, faults, close } = await open(browser);
  try {
    await page.goto(url + GRID, { waitUntil: 'load' });
    const cells = page.locator('form.grid tbody tr:nth-child(1) td input');
    const below = page.locator('form.grid tbody tr:nth-child(2) td input');
    await cells.first().focus();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '4.607\t4100\r\n9.000\tabc\r\n');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    assert.equal(await cells.first().inputValue(), '4.607');
    assert.equal(await below.first().inputValue(), '9.000');
    assert.equal(await page.locator('tfoot .sum').first().textContent(), '13.607');
    assert.equal(await below.nth(1).getAttribute('aria-invalid'), 'true');
    await cells.first().press('Enter');
    assert.equal(await below.first().evaluate((cell) => cell === document.activeElement), true);
    const said = [...(await checks.width(page)), ...(await checks.accessibility(page)), ...faults];
    assert.deepEqual(said, [], said.join('\n'));
  } finally {
    await close();
  }
}

async function wrong({ browser, url }, scripts) {
  const { page, close } = await open(browser, { width: 320, scripts });
  try {
    await page.goto(url + GRID, { waitUntil: 'load' });
    const cell = page.locator('form.grid tbody tr:nth-child(1) td input').first();
    const name = await cell.getAttribute('name');
    await cell.fill('khoảng 4 nghìn');
    await page.locator('form.grid button.primary').click();
    await page.waitForLoadState('load');
    assert.equal(await page.locator(`[name="${name}"]`).inputValue(), 'khoảng 4 nghìn');
    assert.match(await page.textContent(`#${name}-loi`), /không phải là số/);
    const said = await checks.width(page);
    assert.deepEqual(said, [], said.join('\n'));
  } finally {
    await close();
  }
}
