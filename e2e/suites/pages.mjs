// Every page of pages.json: on a desk, a phone and the narrowest window, with and without JavaScript, in
// forced colours, on paper, from the keyboard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { open } from '../lib/browser.mjs';
import * as checks from '../lib/checks.mjs';

const pages = JSON.parse(readFileSync(new URL('../pages.json', import.meta.url), 'utf8'));
/// Windows, in CSS pixels. Layout does not depend on scripts, so one window is enough without them.
const VIEWS = [
  { width: 1366, scripts: true },
  { width: 390, scripts: true },
  { width: 320, scripts: true },
  { width: 320, scripts: false },
];
const POLICY = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"];
/// What Chromium itself says of an answer that is an error; not a fault of the page.
const ERROR_ANSWER = /^console: Failed to load resource: the server responded with a status of 4/;

/// Declares the tests; `world()` gives browser, address and a blank page once they run.
export function pageTests(world) {
  for (const listed of pages) {
    for (const view of VIEWS) {
      const how = `${view.width} px, JavaScript ${view.scripts ? 'on' : 'off'}`;
      test(`${listed.name}, ${how}`, () => visit(world(), listed, view, listed.drawn));
    }
    test(`${listed.name}, forced colours`, () => visit(world(), listed, { forcedColors: 'active' }, false));
    test(`${listed.name}, print`, () => printed(world(), listed));
    test(`${listed.name}, keyboard`, () => keyboard(world(), listed));
  }
}

/// Goes to a page of the list: by its path, or by the first link on another page that its selector finds.
export async function goTo(page, url, { path, on, link, status = 200 }) {
  if (path) {
    const answer = await page.goto(url + path, { waitUntil: 'load' });
    assert.equal(answer.status(), status, `status of ${path}`);
    return answer;
  }
  await page.goto(url + on);
  const href = await page.locator(link).first().getAttribute('href');
  return goTo(page, url, { path: href, status });
}

async function visit({ browser, url, blank }, listed, view, drawn) {
  const { page, faults, close } = await open(browser, view);
  try {
    const answer = await goTo(page, url, listed);
    const policy = answer.headers()['content-security-policy'] ?? '';
    const lacking = POLICY.filter((part) => !policy.includes(part)).map((part) => `policy lacks ${part}`);
    const said = [
      ...lacking,
      ...(await checks.outline(page)),
      ...(await checks.width(page)),
      ...(await checks.inline(page)),
      ...(await checks.accessibility(page)),
      ...(drawn ? await checks.drawings(page, blank) : []),
      ...faults.filter((fault) => !(listed.status && ERROR_ANSWER.test(fault))),
    ];
    assert.deepEqual(said, [], `${page.url()}:\n${said.join('\n')}`);
  } finally {
    await close();
  }
}

/// On paper the finding stands and what it is of, navigation and buttons do not.
async function printed({ browser, url }, listed) {
  const { page, close } = await open(browser, { width: 794 });
  try {
    await goTo(page, url, listed);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('h1').isVisible(), 'the h1 is printed');
    const shown = await page.locator('nav:not(.scope):visible, button:visible').evaluateAll((found) =>
      found.map((element) => element.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(shown, [], 'no navigation and no button is printed');
    assert.deepEqual(await checks.width(page), []);
  } finally {
    await close();
  }
}

/// The first stop of the Tab key leads past the navigation, and focus can be seen.
async function keyboard({ browser, url }, listed) {
  const { page, close } = await open(browser);
  try {
    await goTo(page, url, listed);
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
