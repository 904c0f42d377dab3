// Accounts in a browser: the first one by the code, a second factor, an act that waits for it, a position that ends.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/browser.mjs';
import * as checks from './lib/checks.mjs';
import { startReal } from './lib/instance.mjs';

const PASSWORD = 'chè shan tuyết Suối Giàng';
const AGENCY = 'Sở Khoa học và Công nghệ';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const SLIP = /[a-z0-9]{4}(-[a-z0-9]{4}){3}/;
const STEP_MS = 30_000;

let instance;
let browser;

before(async () => {
  [instance, browser] = await Promise.all([startReal(), launch()]);
});
after(async () => {
  await Promise.allSettled([browser?.close(), instance?.stop()]);
});

/// What a device shows: RFC 6238, written here a second time.
function shown(secret, at = Date.now()) {
  const bits = [...secret].map((digit) => BASE32.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MS)));
  const digest = createHmac('sha1', key).update(step).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/// The page is sound at every width.
async function sound(page) {
  for (const width of [1366, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    const said = [
      ...(await checks.outline(page)),
      ...(await checks.width(page)),
      ...(await checks.inline(page)),
      ...(await checks.accessibility(page)),
    ];
    assert.deepEqual(said, [], `${page.url()} at ${width} px\n${said.join('\n')}`);
  }
}

/// Fills in fields by their names and sends the form.
async function send(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main [name="${name}"]`);
    const isList = (await field.evaluate((one) => one.tagName)) === 'SELECT';
    await (isList ? field.selectOption(value) : field.fill(value));
  }
  await page.locator('main button.primary').click();
  await page.waitForLoadState('load');
}

// One person's first day, so in one order and once: without scripts, since nothing may need them.
test('from the code to a second factor, an account for another, and its end', async () => {
  const { page, faults, close } = await open(browser, { scripts: false });
  const go = (path) => page.goto(instance.url + path, { waitUntil: 'load' });
  try {
    await go('/vao');
    await send(page, { ma: instance.code });
    await send(page, { 'f-account': 'quan.ly', 'f-name': 'Trần Thị Thử', 'f-agency': AGENCY });
    const [slip] = SLIP.exec(await page.textContent('main'));
    await go('/vao');
    await send(page, { ten: 'quan.ly', 'mat-khau': slip });
    await send(page, { 'hien-tai': slip, moi: PASSWORD, 'nhap-lai': PASSWORD });

    await go('/quan-tri/nguoi-dung');
    assert.match(page.url(), /\/tai-khoan\/ma-xac-nhan\?toi=/, 'led to setting it up');
    await sound(page);
    await send(page, { 'ma-xac-nhan': '0', 'hien-tai': PASSWORD });
    assert.match(await page.textContent('#ma-xac-nhan-loi'), /Mã không đúng/);
    await sound(page);
    const secret = await page.locator('input[name=bi-mat]').inputValue();
    // The code of the step after is taken a step early, and still a step late.
    const begun = Date.now();
    await send(page, { 'ma-xac-nhan': shown(secret, begun), 'hien-tai': PASSWORD });
    assert.equal(await page.locator('main ol li').count(), 10, 'recovery codes');
    await sound(page);
    await page.locator('main a.button').click();
    assert.equal(new URL(page.url()).pathname, '/quan-tri/nguoi-dung', 'and back');
    await go('/tai-khoan');
    assert.match(await page.textContent('main'), /còn 10 mã dự phòng; phiên này đã xác nhận/);
    await sound(page);

    await go('/quan-tri/nguoi-dung/them');
    const tab = await page.context().newPage();
    await tab.goto(`${instance.url}/tai-khoan`);
    await tab.getByRole('button', { name: 'Đăng xuất' }).click();
    await send(tab, { ten: 'quan.ly', 'mat-khau': PASSWORD });
    await send(page, {
      'f-account': 'dau.moi',
      'f-name': 'Lò Văn Thử',
      'f-agency': AGENCY,
      'f-role': 'focal_officer',
    });
    assert.match(await page.textContent('main'), /được giữ ở trang này/);
    await sound(page);
    await send(page, { 'ma-xac-nhan': shown(secret, Math.max(Date.now(), begun + STEP_MS)) });
    assert.match(await page.textContent('main'), SLIP, 'what was typed before went on');
    await sound(page);

    await go('/quan-tri/nguoi-dung/mot/dau.moi');
    await sound(page);
    await page.getByRole('link', { name: 'Thôi từ hôm nay' }).click();
    await sound(page);
    await send(page, {});
    assert.match(await page.textContent('main'), /đã thôi/);
    // The browser reports the answers that refuse a code.
    assert.deepEqual(faults.filter((fault) => !fault.includes('422')), []);
  } finally {
    await close();
  }
});
