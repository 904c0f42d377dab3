// Lists turned both ways, places as they were, and a proof file checked on the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';

const STATIONS = '/chi-tieu/tram-bts?dv=15&ky=2025-10';

/// Declares the tests; `world()` gives browser and address once they run.
export function turnTests(world) {
  test('a list turns forth and back by keys and keeps filter and size', async () => {
    await within(world(), '/so/tram-bts?dv=15&loc-state=live&dong=20', false, async (page) => {
      const names = () => page.locator('#ban-ghi tbody th').allInnerTexts();
      const first = await names();
      assert.equal(first.length, 20);
      await follow(page, page.locator('.pager a[rel=next]'));
      const second = await names();
      assert.notDeepEqual(second, first);
      await follow(page, page.locator('.pager a[rel=next]'));
      await follow(page, page.locator('.pager a[rel=prev]'));
      assert.deepEqual(await names(), second);
      await follow(page, page.locator('.pager a[rel=prev]'));
      assert.deepEqual(await names(), first);
      assert.match(page.url(), /loc-state=live/);
    });
  });

  test('places as they were: the address says so, and so does the heading', async () => {
    await within(world(), `${STATIONS}&places=then`, false, async (page) => {
      assert.match(await page.locator('h1').innerText(), /theo địa giới lúc đó/);
      await follow(page, page.locator('main a', { hasText: 'Địa giới hiện nay' }));
      assert.doesNotMatch(await page.locator('h1').innerText(), /địa giới lúc đó/);
    });
  });

  for (const scripts of [true, false]) {
    test(`a proof file is checked on the page, JavaScript ${scripts ? 'on' : 'off'}`, async () => {
      await within(world(), STATIONS, scripts, async (page) => {
        const link = page.locator('main a', { hasText: 'Tải bằng chứng' }).first();
        const answer = await page.request.get(world().url + (await link.getAttribute('href')));
        const proof = await answer.text();
        await send(page, world().url, proof);
        assert.equal(await page.locator('h1').innerText(), 'Bằng chứng này đúng; chưa chứng minh được là đầy đủ');
        assert.match(await page.locator('.proof').innerText(), /4\.607[^]*Số học khớp/);
        await send(page, world().url, proof.replaceAll('4607', '4608'));
        const bad = await page.locator('h1').innerText();
        assert.equal(bad, 'Tệp bằng chứng này có điều sai');
        await send(page, world().url, '{}');
        assert.match(await page.locator('#tep-loi').innerText(), /Không phải tệp bằng chứng/);
      });
    });
  }
}

async function send(page, url, text) {
  await page.goto(`${url}/kiem-chung`);
  const buffer = Buffer.from(text);
  await page.locator('#tep').setInputFiles({ name: 'so.json', mimeType: 'application/json', buffer });
  await follow(page, page.locator('form.stack button.primary'));
}

async function follow(page, locator) {
  await locator.first().click();
  await page.waitForLoadState('load');
}

async function within({ browser, url }, path, scripts, act) {
  const { page, faults, close } = await open(browser, { scripts });
  try {
    const answer = await page.goto(url + path);
    assert.equal(answer.status(), 200, `status of ${path}`);
    await act(page);
    // The browser reports the answer that refuses a file.
    assert.deepEqual(faults.filter((fault) => !fault.includes('422')), []);
  } finally {
    await close();
  }
}
