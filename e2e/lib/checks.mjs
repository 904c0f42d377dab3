// What holds for every page. Each check returns a list of complaints; none is good.
import { axeSource } from './packages.mjs';

/// A drawing shows something when it has so many colours besides white.
const COLOURS_MIN = 3;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/// Language, title, one h1, one main.
export function outline(page) {
  return page.evaluate(() => {
    const said = [];
    const one = (selector) => {
      const count = document.querySelectorAll(selector).length;
      if (count !== 1) said.push(`${count} × ${selector}, expected one`);
    };
    one('h1');
    one('main');
    const { lang } = document.documentElement;
    if (lang !== 'vi') said.push(`lang is “${lang}”, expected “vi”`);
    if (!document.title.trim()) said.push('no title');
    for (const h1 of document.querySelectorAll('h1')) if (!h1.textContent.trim()) said.push('empty h1');
    return said;
  });
}

/// Nothing is wider than the window, unless it scrolls in a frame of its own.
export function width(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const scrolls = (element) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      }
      return false;
    };
    const name = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`;
    const wide = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5 && !scrolls(element))
      .slice(0, 5)
      .map(name);
    return [`${scrollWidth} px wide in a window of ${clientWidth} px: ${wide.join(', ')}`];
  });
}

/// No attribute and no element that the page's policy refuses.
export function inline(page) {
  return page.evaluate(() => {
    const said = [];
    for (const element of document.querySelectorAll('*')) {
      for (const { name } of element.attributes) {
        const refused = name === 'style' || name.startsWith('on');
        if (refused) said.push(`${element.tagName.toLowerCase()} has ${name}=`);
      }
    }
    const scripts = [...document.scripts].filter((script) => !script.src && script.text.trim());
    if (scripts.length > 0) said.push('an inline script');
    if (document.querySelector('style')) said.push('an inline style sheet');
    return said.slice(0, 5);
  });
}

/// Violations that axe-core finds. Where JavaScript is off no timer of the page fires, so axe gets timers
/// that run at once; it has no frames and nothing to preload that it would have to wait for.
export async function accessibility(page) {
  await page.evaluate(() => {
    window.setTimeout = (act, _ms, ...args) => {
      Promise.resolve().then(() => act(...args));
      return 0;
    };
  });
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (values) =>
      window.axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
        iframes: false,
        preload: false,
      }),
    AXE_TAGS,
  );
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map((node) => node.target.join(' '));
    return `axe ${id} (${nodes.length}×): ${help}: ${where.join(' | ')}`;
  });
}

/// Charts and maps are drawn: a picture of each has several colours. A number printed as `60,0` into a
/// coordinate leaves a chart empty, and no other check sees it.
export async function drawings(page, blank) {
  const found = await page.locator('svg[role=img]').all();
  if (found.length === 0) return ['no chart or map (svg with role=img)'];
  const said = [];
  for (const [index, drawing] of found.entries()) {
    const colours = await coloursOf(await drawing.screenshot(), blank);
    if (colours < COLOURS_MIN) {
      said.push(`drawing ${index + 1} has ${colours} colours besides white, expected ${COLOURS_MIN}`);
    }
  }
  return said;
}

/// Colours of a PNG besides white, decoded in `blank`, a page without a policy. Pixels of blended edges
/// would count as colours, so a colour counts when it fills at least one in two thousand.
async function coloursOf(png, blank) {
  return blank.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    counts.delete(0xffffff);
    const enough = (image.width * image.height) / 2000;
    return [...counts.values()].filter((count) => count >= enough).length;
  }, png.toString('base64'));
}
