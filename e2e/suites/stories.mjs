// What a stranger with the article does first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';

/// Figures of the article that stand on the start page, as printed.
const PUBLISHED = ['4.607', '84,2%', '574 tỷ', '1,5%'];

/// Declares the tests; `world()` gives browser and address once they run.
export function storyTests(world) {
  test('the start page holds the published figures, each a link', async () => {
    await within(world(), '/', async (page) => {
      for (const figure of PUBLISHED) {
        const links = page.locator('main a', { hasText: figure });
        assert.ok((await links.count()) > 0, `${figure} is a link`);
      }
    });
  });

  test('from 4.607 to its records in three presses, without JavaScript', async () => {
    await within(world(), '/', async (page) => {
      await press(page, '4.607');
      assert.match(new URL(page.url()).pathname, /^\/chi-tieu\/tram-bts/);
      assert.match(await page.locator('main').innerText(), /4\.607/);
      await page.locator('main a[href*="/so/tram-bts"]').first().click();
      assert.match(new URL(page.url()).pathname, /^\/so\/tram-bts/);
      assert.ok((await page.locator('main table tbody tr').count()) > 0, 'records are listed');
    });
  });

  test('84,2% says why', async () => {
    await within(world(), '/', async (page) => {
      await press(page, '84,2%');
      const text = await page.locator('main').innerText();
      assert.match(text, /Vì sao là 84,2\s?%\?/);
      for (const word of ['Tử số', 'Mẫu số']) assert.match(text, new RegExp(word, 'i'));
    });
  });

  test('every page says that its data are illustrative, and of which day', async () => {
    for (const path of ['/', '/so', '/chi-tieu/tram-bts?dv=15&ky=2025-10']) {
      await within(world(), path, async (page) => {
        const text = await page.locator('body').innerText();
        assert.match(text, /dữ liệu minh họa/i, path);
        assert.match(text, /17\/11\/2025/, path);
      });
    }
  });

  test('a page that is not there says so and leads back', async () => {
    const { browser, url } = world();
    const { page, close } = await open(browser, { scripts: false });
    try {
      const answer = await page.goto(`${url}/khong-co-trang-nay`);
      assert.equal(answer.status(), 404);
      assert.ok((await page.locator('h1').innerText()).trim(), 'it has a heading');
      const back = page.locator('main a[href="/"], header a[href="/"]');
      assert.ok((await back.count()) > 0, 'it leads to the start');
    } finally {
      await close();
    }
  });
}

async function within({ browser, url }, path, act) {
  const { page, faults, close } = await open(browser, { scripts: false });
  try {
    const answer = await page.goto(url + path);
    assert.equal(answer.status(), 200, `status of ${path}`);
    await act(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

async function press(page, text) {
  await page.locator('main a', { hasText: text }).first().click();
  await page.waitForLoadState('load');
}
