// What a stranger with the article does first.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { open } from '../lib/browser.mjs';
import { target } from '../lib/packages.mjs';

/// Figures of the article that stand on the start page, as printed.
const PUBLISHED = ['4.607', '84,2%', '574 tỷ', '1,5%'];
const STATIONS = '/chi-tieu/tram-bts?dv=15&ky=2025-10';
const STATION = '/so/tram-bts/LC-00002/2025-07-01';
const VERIFIER = process.env.MINHCHUNG_VERIFIER ?? join(target, 'debug/verifier');

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

  test('from the start page to a record in three presses, without JavaScript', async () => {
    await within(world(), '/', async (page) => {
      await press(page, '4.607');
      assert.match(new URL(page.url()).pathname, /^\/chi-tieu\/tram-bts/);
      assert.match(await page.locator('main .tile').first().innerText(), /4\.607/);
      await page.locator('main a[href="#vi-sao"]').first().click();
      await page.locator('#vi-sao tbody th a').first().click();
      await page.waitForLoadState('load');
      assert.match(new URL(page.url()).pathname, /^\/so\/tram-bts\/./);
      assert.match(await page.locator('main').innerText(), /Lịch sử của bản ghi/);
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

  test('4.017 to 4.607 is taken apart into groups that add up', async () => {
    await within(world(), STATIONS, async (page) => {
      await press(page, 'Từ 4.017');
      assert.match(await page.locator('h1').innerText(), /4\.017 thành 4\.607/);
      const rows = await page.locator('#cong-lai tbody tr').allInnerTexts();
      const values = rows.map((row) => Number(row.trim().split(/\s+/).at(-1).replaceAll('.', '')));
      assert.equal(values[0], 4017, rows.join('\n'));
      assert.equal(values.reduce((sum, value) => sum + value, 0), 4607, rows.join('\n'));
    });
  });

  test('a total without list makes the stations of the invented province a mixed figure', async () => {
    await within(world(), '/chi-tieu/tram-bts?dv=MH&ky=2025-10', async (page) => {
      assert.match(await page.locator('main .tile').first().innerText(), /một phần có danh sách/);
    });
  });

  test('“so hoa” finds “số hóa”', async () => {
    await within(world(), '/', async (page) => {
      await page.locator('#tim').fill('so hoa');
      await page.locator('form[role=search] button').click();
      await page.waitForLoadState('load');
      const found = page.locator('main a[href^="/chi-tieu/ty-le-so-hoa"]', { hasText: 'số hóa' });
      assert.ok((await found.count()) > 0, 'the indicator is found');
    });
  });

  test('the verifier accepts the proof of 4.607, and refuses it with a number changed', async () => {
    await within(world(), STATIONS, async (page) => {
      const link = page.locator('main a', { hasText: 'Tải bằng chứng' }).first();
      const answer = await page.request.get(world().url + (await link.getAttribute('href')));
      assert.match(answer.headers()['content-disposition'] ?? '', /^attachment/);
      const proof = await answer.text();
      assert.equal(typeof JSON.parse(proof), 'object');
      const folder = await mkdtemp(join(tmpdir(), 'minhchung-proof-'));
      try {
        const file = join(folder, 'tram.json');
        const verify = async (text) => {
          await writeFile(file, text);
          return promisify(execFile)(VERIFIER, [file]);
        };
        assert.match((await verify(proof)).stdout, /4\.?607/);
        await assert.rejects(verify(proof.replaceAll('4607', '4608')), 'a changed number is refused');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  });

  test('a correction moves the figure, not the pinned page, and stands in the history', async () => {
    await within(world(), STATIONS, async (page) => {
      const link = page.locator('main a', { hasText: 'Liên kết giữ nguyên số này' }).first();
      const pinned = await link.getAttribute('href');
      const before = await value(page, STATIONS, world().url);
      await correct(page, world().url, 'lost', 'Đo lại tại chỗ, trạm mất liên lạc');
      assert.match(await page.locator('main').innerText(), /Đo lại tại chỗ, trạm mất liên lạc/);
      assert.equal(await value(page, STATIONS, world().url), before - 1, 'one station fewer');
      assert.equal(await value(page, pinned, world().url), before, 'the pinned page keeps its number');
      await correct(page, world().url, 'live', 'Ghi nhầm trạm khác, trả lại như cũ');
      const history = await page.locator('main').innerText();
      assert.match(history, /trạm mất liên lạc[^]*trả lại như cũ|trả lại như cũ[^]*trạm mất liên lạc/);
      assert.equal(await value(page, STATIONS, world().url), before, 'as before');
    });
  });

  test('a correction without a reason is refused, with the words beside the field', async () => {
    const { browser, url } = world();
    const { page, close } = await open(browser, { scripts: false });
    try {
      await page.goto(url + STATION.replace('/tram-bts/', '/tram-bts/sua/'));
      await page.locator('main form button.primary').click();
      await page.waitForLoadState('load');
      assert.match(await page.title(), /^Lỗi: /);
      assert.ok((await page.locator('#ly-do-loi').innerText()).trim(), 'the reason is asked for');
    } finally {
      await close();
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

/// The number of a figure page.
async function value(page, path, url) {
  await page.goto(url + path);
  const text = await page.locator('main .tile .value .number').first().innerText();
  return Number(text.replaceAll('.', ''));
}

/// Corrects the state of a station through its form.
async function correct(page, url, state, reason) {
  await page.goto(url + STATION);
  await page.locator('main a.button', { hasText: 'Sửa sai' }).click();
  await page.locator('#f-state').selectOption(state);
  await page.locator('#ly-do').fill(reason);
  const kind = page.locator('main input[type=radio][value="sua-sai"]');
  if ((await kind.count()) > 0) await kind.check();
  await page.locator('main form button.primary').click();
  await page.waitForLoadState('load');
  assert.match(await page.locator('main').innerText(), /Đã ghi vào sổ/);
}

async function press(page, text) {
  await page.locator('main a', { hasText: text }).first().click();
  await page.waitForLoadState('load');
}
