// Every page of pages.json in English: what holds for all pages, and no Vietnamese that is not marked as such.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';
import { sentences } from '../lib/language.mjs';
import { goTo } from './pages.mjs';

const pages = JSON.parse(readFileSync(new URL('../pages.json', import.meta.url), 'utf8'));
const WIDTHS = [1366, 320];

/// Declares the tests; `world()` gives browser and address once they run.
export function englishTests(world) {
  for (const listed of pages) {
    for (const width of WIDTHS) {
      test(`${listed.name}, English, ${width} px`, () => visit(world(), listed, width));
    }
  }
  test('a browser set to English starts in Vietnamese, and the link remembers', () => remembered(world()));
}

const language = (page) => page.evaluate(() => document.documentElement.lang);

async function visit({ browser, url }, listed, width) {
  const { page, close } = await open(browser, { width });
  try {
    await goTo(page, url, listed);
    const vietnamese = await sentences(page);
    const address = new URL(page.url());
    address.searchParams.set('lang', 'en');
    await page.goto(address.href, { waitUntil: 'load' });
    assert.equal(await language(page), 'en');
    const same = new Set(vietnamese);
    const left = (await sentences(page)).filter((text) => same.has(text));
    const said = [
      ...left.map((text) => `neither English nor marked as Vietnamese: ${text.slice(0, 80)}`),
      ...(await checks.outline(page)).filter((line) => line !== 'lang is “en”, expected “vi”'),
      ...(await checks.width(page)),
      ...(await checks.inline(page)),
      ...(await checks.accessibility(page)),
    ];
    assert.deepEqual(said, [], `${page.url()}:\n${said.join('\n')}`);
  } finally {
    await close();
  }
}

async function remembered({ browser, url }) {
  const { page, close } = await open(browser, { locale: 'en-GB' });
  try {
    await page.goto(`${url}/chi-tieu/tram-bts?dv=15&ky=2025-10`);
    assert.equal(await language(page), 'vi');
    await page.locator('a.language').click();
    assert.equal(await language(page), 'en');
    assert.match(page.url(), /dv=15.*ky=2025-10/, 'place and period stay');
    await page.locator('.nav a').first().click();
    assert.equal(await language(page), 'en', 'the next page is English too');
    await page.locator('a.language').click();
    assert.equal(await language(page), 'vi');
  } finally {
    await close();
  }
}
