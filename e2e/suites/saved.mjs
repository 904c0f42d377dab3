// A result is saved, seen again, taken along and deleted, at every width, with and without scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';

const TITLE = 'Kết quả rà soát hộ nghèo và hạ tầng số của các xã, phường trên địa bàn tỉnh trong mười tháng qua';
const TEXT = `${TITLE}

Đến ngày 17/11/2025, toàn tỉnh Lào Cai có 4.607 trạm; 96/99 xã, phường (97%) có cáp quang.

Toàn tỉnh rà soát 1.672 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác.`;

/// Declares the tests; `world()` gives browser and address once they run.
export function savedTests(world) {
  for (const width of [1366, 390, 320]) {
    for (const scripts of [true, false]) {
      test(`a saved result, ${width} px${scripts ? '' : ', no scripts'}`, () => kept(world(), width, scripts));
    }
  }
}

async function sound(page) {
  const said = [
    ...(await checks.outline(page)),
    ...(await checks.width(page)),
    ...(await checks.inline(page)),
    ...(await checks.accessibility(page)),
  ];
  assert.deepEqual(said, [], `${page.url()}\n${said.join('\n')}`);
}

async function kept({ browser, url }, width, scripts) {
  const { page, faults, close } = await open(browser, { width, scripts });
  try {
    await page.goto(`${url}/soat-so`, { waitUntil: 'load' });
    await page.fill('#bai', TEXT);
    await page.fill('#ngay', '17/11/2025');
    await page.locator('main button.primary').click();
    await page.getByRole('button', { name: 'Lưu kết quả này' }).click();
    await page.waitForURL(/\/soat-so\/da-luu\/[0-9a-f]{32}$/);
    const saved = page.url();
    assert.match(await page.textContent('h1'), /^Kết quả rà soát hộ nghèo/);
    assert.match(await page.textContent('main'), /Kết quả đúng như lúc lưu/);
    assert.match(await page.textContent('.sums'), /1\.250 \+ 308 \+ 42 = 1\.600, không phải 1\.672/);
    await sound(page);
    const arriving = page.waitForEvent('download');
    await page.locator("button[value='docx']").click();
    assert.equal((await arriving).suggestedFilename(), 'soat-so-2025-11-17.docx');
    await page.getByRole('button', { name: 'Giữ thêm 180 ngày' }).click();
    await page.waitForLoadState('load');
    assert.equal(await page.getByRole('button', { name: 'Giữ thêm 180 ngày' }).count(), 0);
    await page.goto(`${url}/soat-so/da-luu`, { waitUntil: 'load' });
    const row = page.locator('tbody tr').first();
    assert.match(await row.textContent(), /1 phép tính không khớp/);
    await sound(page);
    await row.getByRole('link', { name: 'Xóa' }).click();
    await page.waitForURL(`${saved}/xoa`);
    await sound(page);
    await page.getByRole('button', { name: 'Xóa bài này' }).click();
    await page.waitForURL(`${url}/soat-so/da-luu`);
    assert.deepEqual(faults, [], faults.join('\n'));
    assert.equal((await page.goto(saved)).status(), 404, 'gone');
  } finally {
    await close();
  }
}
