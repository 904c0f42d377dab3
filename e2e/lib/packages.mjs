// Packages that `cargo xtask assets` put into target/npm; nothing is installed beside these tests.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/// Where cargo builds to.
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const require = createRequire(`${target}/npm/package.json`);

export const { chromium } = require('playwright-core');
export const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
