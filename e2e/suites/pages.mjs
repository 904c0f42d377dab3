// Every page of pages.json, with and without JavaScript, on a desk, a phone and the narrowest window.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';

const pages = JSON.parse(readFileSync(new URL('../pages.json', import.meta.url), 'utf8'));
const WIDTHS = [1366, 390, 320];
const POLICY = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"];

/// Declares the tests; `world()` gives browser, address and a blank page once they run.
export function pageTests(world) {
  for (const { name, path, drawn } of pages) {
    for (const scripts of [true, false]) {
      for (const width of WIDTHS) {
        const how = `${width} px, JavaScript ${scripts ? 'on' : 'off'}`;
        test(`${name} (${path}), ${how}`, () => visit(world(), path, { width, scripts }, drawn));
      }
    }
    test(`${name} (${path}), forced colours`, () => visit(world(), path, { forcedColors: 'active' }, false));
    test(`${name} (${path}), print`, () => printed(world(), path));
    test(`${name} (${path}), keyboard`, () => keyboard(world(), path));
  }
}

async function visit({ browser, url, blank }, path, view, drawn) {
  const { page, faults, close } = await open(browser, view);
  try {
    const answer = await page.goto(url + path, { waitUntil: 'load' });
    assert.equal(answer.status(), 200, `status of ${path}`);
    const policy = answer.headers()['content-security-policy'] ?? '';
    const lacking = POLICY.filter((part) => !policy.includes(part)).map((part) => `policy lacks ${part}`);
    const said = [
      ...lacking,
      ...(await checks.outline(page)),
      ...(await checks.width(page)),
      ...(await checks.inline(page)),
      ...(await checks.accessibility(page)),
      ...(drawn ? await checks.drawings(page, blank) : []),
      ...faults,
    ];
    assert.deepEqual(said, [], `${path}:\n${said.join('\n')}`);
  } finally {
    await close();
  }
}

/// On paper the finding stands, navigation and buttons do not.
async function printed({ browser, url }, path) {
  const { page, close } = await open(browser, { width: 794 });
  try {
    await page.goto(url + path);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('h1').isVisible(), 'the h1 is printed');
    const shown = await page.locator('nav:visible, button:visible').count();
    assert.equal(shown, 0, 'no navigation and no button is printed');
    assert.deepEqual(await checks.width(page), []);
  } finally {
    await close();
  }
}

/// The first stop of the Tab key leads past the navigation, and focus can be seen.
async function keyboard({ browser, url }, path) {
  const { page, close } = await open(browser);
  try {
    await page.goto(url + path);
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const at = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
      const drawn = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      return { target: at.getAttribute('href') ?? '', drawn };
    });
    assert.match(focus.target, /^#./, 'the first stop is a skip link');
    assert.ok(focus.drawn, 'focus is drawn');
    assert.equal(await page.locator(focus.target).count(), 1, `${focus.target} exists`);
  } finally {
    await close();
  }
}
