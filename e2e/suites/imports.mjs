// A file goes in: its columns, the trial as a job with a page of progress, the decision, what was written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';

const HEADER = 'Mã trạm;Nhà mạng;Xã/Phường;Tình trạng;Trạng thái từ ngày;Ngày phát sóng;Ghi chú';
const row = (code) => `${code};Nhà mạng A;Xã Bát Xát;Đang phát sóng;01/10/2025;01/10/2025;thử`;
/// Long enough for its progress to be seen.
const ROWS = 4_000;
/// Rows of the longest file that is tried to be taken back.
const LONGEST = 50_000;
/// How long the button that takes back is waited for.
const PRESS_MS_MAX = 5_000;

/// Declares the tests; `world()` gives browser and address once they run.
export function importTests(world) {
  for (const scripts of [true, false]) {
    const how = `JavaScript ${scripts ? 'on' : 'off'}`;

    test(`a file is tried and written beside the requests, ${how}`, async () => {
      await within(world(), scripts, async (page) => {
        const codes = Array.from({ length: ROWS }, (_, n) => `E2E-${scripts ? 'A' : 'B'}-${n}`);
        await send(page, world().url, 'tram-thu.csv', codes.map(row));
        await press(page);
        assert.match(page.url(), /\/nhap\/viec\/[0-9a-f]{32}$/);
        const job = page.url();
        assert.match(await heading(page), /^Đang nhập vào sổ/);
        assert.equal(await page.locator('.phases li').count(), 5);
        await over(page);
        assert.match(await page.locator('.message').first().innerText(), /Cả tệp nhập được.*4\.000 dòng/);
        await press(page);
        await over(page);
        assert.match(await page.locator('.message').first().innerText(), /Đã ghi 4\.000 dòng[^]*ở lần ghi/);
        // The page can be opened again, and the upload page leads back to it.
        await page.goto(job);
        assert.match(await page.locator('.message').first().innerText(), /Đã ghi 4\.000 dòng/);
        await page.goto(`${world().url}/so/tram-bts/nhap`);
        const back = page.locator('#viec-gan-day a', { hasText: 'tram-thu.csv' }).first();
        assert.equal(await back.getAttribute('href'), new URL(job).pathname);
      });
    });

    test(`what is tried can be taken back, ${how}`, async () => {
      await within(world(), scripts, async (page) => {
        let rows = 3 * ROWS;
        while (!(await takenBack(page, world().url, rows))) {
          rows *= 2;
          assert.ok(rows <= LONGEST, 'every trial was over before its button could be pressed');
        }
        await over(page);
        assert.match(await page.locator('.message').first().innerText(), /Đã hủy theo yêu cầu\. Chưa ghi gì/);
      });
    });
  }
}

/// Tries a file and presses the button that takes it back; false where the trial was faster.
async function takenBack(page, url, rows) {
  const codes = Array.from({ length: rows }, (_, n) => `E2E-C-${n}`);
  await send(page, url, 'tram-huy.csv', codes.map(row));
  await press(page);
  const button = page.locator('form[action$="/huy"] button');
  const end = page.locator('h1:not(:has-text("Đang nhập"))');
  await button.or(end).first().waitFor();
  const pressed = button.click({ timeout: PRESS_MS_MAX }).then(() => true);
  if (!(await pressed.catch(() => false))) return false;
  await page.waitForLoadState('load');
  return true;
}

const heading = (page) => page.locator('h1').innerText();

async function send(page, url, name, rows) {
  await page.goto(`${url}/so/tram-bts/nhap`);
  const buffer = Buffer.from([HEADER, ...rows, ''].join('\n'));
  await page.locator('#tep').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await press(page);
  assert.match(await heading(page), /^Ghép cột/);
}

/// Presses the primary button of the page's form.
async function press(page) {
  await page.locator('form.stack button.primary').first().click();
  await page.waitForLoadState('load');
}

/// Waits until the page of progress has become another one by itself.
async function over(page) {
  const until = Date.now() + 120_000;
  while (Date.now() < until) {
    // Between two pages there is no heading.
    const now = await heading(page).catch(() => 'Đang nhập');
    if (!now.startsWith('Đang nhập')) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`still ${await heading(page)} at ${page.url()}`);
}

async function within({ browser }, scripts, act) {
  const { page, faults, close } = await open(browser, { scripts });
  try {
    await act(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}
