// The product in a browser: one fresh demo, all pages and stories.
import { after, before } from 'node:test';
import { launch } from './lib/browser.mjs';
import { start } from './lib/instance.mjs';
import { checkedTests } from './suites/checked.mjs';
import { englishTests } from './suites/english.mjs';
import { gridTests } from './suites/grid.mjs';
import { importTests } from './suites/imports.mjs';
import { pageTests } from './suites/pages.mjs';
import { savedTests } from './suites/saved.mjs';
import { storyTests } from './suites/stories.mjs';
import { turnTests } from './suites/turns.mjs';

let instance;
let browser;
let blank;

before(async () => {
  [instance, browser] = await Promise.all([start(), launch()]);
  blank = await browser.newPage();
});
after(async () => {
  await Promise.allSettled([browser?.close(), instance?.stop()]);
});

const world = () => ({ browser, blank, url: instance.url });
pageTests(world);
englishTests(world);
storyTests(world);
turnTests(world);
importTests(world);
savedTests(world);
checkedTests(world);
gridTests(world);
