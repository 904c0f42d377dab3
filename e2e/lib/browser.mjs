// Debian's Chromium without its own traffic.
import { chromium } from './packages.mjs';

const executablePath = process.env.MINHCHUNG_CHROMIUM ?? '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath, args, headless: true });
}

/// A page of its own context, and what went wrong on it: script errors, refused styles or scripts (the page's
/// policy), failed or outside requests.
export async function open(browser, { width = 1366, scripts = true, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 768 },
    javaScriptEnabled: scripts,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    ...more,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What the browser gives up by itself on leaving a page says nothing of the server.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') faults.push(`request: ${request.url()} ${reason}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const outside = url.protocol.startsWith('http') && url.hostname !== '127.0.0.1';
    if (outside) faults.push(`outside: ${request.url()}`);
  });
  return { page, faults, close: () => context.close() };
}
