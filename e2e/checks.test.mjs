// The checks themselves: each finds what it is for on a small bad page, and nothing on a good one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/browser.mjs';
import * as checks from './lib/checks.mjs';
import { sentences } from './lib/language.mjs';

const page = (body, head = '<title>Trang</title>') =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const bars = (x) =>
  `<svg role="img" aria-label="cột" width="200" height="100" viewBox="0 0 200 100">
    <rect x="${x}" y="10" width="40" height="80" fill="#107553"/>
    <rect x="60" y="${x === '0' ? 20 : '20,5'}" width="40" height="70" fill="#438ee7"/>
    <rect x="120" y="30" width="${x === '0' ? 40 : '40,1'}" height="60" fill="#f3a200"/></svg>`;
const PAGES = {
  '/good': page(`<main><h1>Trang</h1>${bars('0')}</main>`),
  '/english': page(
    '<main><h1>Trang này</h1><p>Xã Bát Xát</p><p lang="en">đã ghi</p><textarea>đã gõ</textarea></main>',
  ),
  '/headings': page('<h1></h1><h1>Hai</h1>', ''),
  '/wide': page(
    '<main><h1>Rộng</h1><p class="wide">x</p></main>',
    '<title>x</title><link rel="stylesheet" href="/wide.css">',
  ),
  '/inline': page('<main><h1>x</h1><p style="color:red" onclick="x()">x</p></main>'),
  '/contrast': page('<main><h1>x</h1><input></main>'),
  '/blank': page(`<main><h1>x</h1>${bars('10,0')}</main>`),
  '/none': page('<main><h1>x</h1></main>'),
  '/refused': page('<main><h1>x</h1></main><script>document.title = "y"</script>'),
  '/gone': page('<main><h1>x</h1><img alt="x" src="/no.png"></main>'),
};

let server;
let browser;
let blank;
let url;

before(async () => {
  server = createServer((request, response) => {
    const body = request.url === '/wide.css' ? '.wide { width: 3000px }' : PAGES[request.url];
    response.writeHead(body ? 200 : 404, {
      'content-type': request.url.endsWith('.css') ? 'text/css' : 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'",
    });
    response.end(body ?? '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
  blank = await browser.newPage();
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function on(path, check, view) {
  const opened = await open(browser, view);
  try {
    await opened.page.goto(url + path, { waitUntil: 'load' });
    return check ? await check(opened.page, blank) : opened.faults;
  } finally {
    await opened.close();
  }
}

for (const scripts of [true, false]) {
  const how = `JavaScript ${scripts ? 'on' : 'off'}`;
  test(`a good page passes every check, ${how}`, async () => {
    for (const check of Object.values(checks)) assert.deepEqual(await on('/good', check, { scripts }), []);
    const faults = await on('/good', undefined, { scripts });
    assert.deepEqual(faults.filter((fault) => !fault.includes('favicon')), []);
  });
  test(`axe finds an input without a name, ${how}`, async () => {
    const said = await on('/contrast', checks.accessibility, { scripts });
    assert.ok(said.some((line) => line.startsWith('axe label')), said.join('\n'));
  });
}

test('missing and double headings, language and title are found', async () => {
  assert.deepEqual(await on('/headings', checks.outline), [
    '2 × h1, expected one',
    '0 × main, expected one',
    'no title',
    'empty h1',
  ]);
});

test('Vietnamese that is no name and stands in the language of the page is found', async () => {
  assert.deepEqual(await on('/english', sentences), ['Trang này']);
});

test('a page wider than the window is found, with the element', async () => {
  const said = await on('/wide', checks.width, { width: 320 });
  assert.equal(said.length, 1);
  assert.match(said[0], /p\.wide/);
});

test('inline style and handlers are found', async () => {
  assert.deepEqual(await on('/inline', checks.inline), ['p has style=', 'p has onclick=']);
});

test('bars that vanished by a decimal comma are found', async () => {
  const said = await on('/blank', checks.drawings);
  assert.equal(said.length, 1, said.join('\n'));
  assert.equal((await on('/none', checks.drawings)).length, 1);
});

test('a script the policy refuses and a missing picture are found', async () => {
  assert.match((await on('/refused')).join('\n'), /Content Security Policy/);
  assert.match((await on('/gone')).join('\n'), /console: .*404/);
});
