// The product on a fresh demo in a folder and at a port of its own.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { target } from './packages.mjs';

const READY_MS_MAX = 60_000;
const GENERATE_MS_MAX = 300_000;
const STOP_MS_MAX = 5_000;

/// Starts the product and waits until it answers: `{ url, stop }`. With MINHCHUNG_URL a server that runs is
/// used.
export async function start() {
  if (process.env.MINHCHUNG_URL) {
    return { url: process.env.MINHCHUNG_URL.replace(/\/$/, ''), stop: async () => {} };
  }
  const { url, stop } = await serve(['generate', '--scale', 'demo'], '/');
  return { url, stop };
}

/// Starts an empty real instance: `{ url, stop, code }`, with the code that leads to its first account.
export async function startReal() {
  const { url, stop, server } = await serve(['init', '--province', '15'], '/vao');
  // It answers a moment before it has said the code.
  for (const until = Date.now() + STOP_MS_MAX; Date.now() < until; await sleep(50)) {
    const code = /\b[0-9a-f]{16}\b/.exec(server.said)?.[0];
    if (code) return { url, stop, code };
  }
  await stop();
  throw new Error(`minhchung serve named no code:\n${server.said}`);
}

/// Makes an instance in a folder of its own and serves it; `path` answers once it is ready.
async function serve(making, path) {
  const binary = process.env.MINHCHUNG_BIN ?? join(target, 'debug/minhchung');
  if (!existsSync(binary)) throw new Error(`${binary} is not there: cargo build -p minhchung`);
  const folder = await mkdtemp(join(tmpdir(), 'minhchung-e2e-'));
  const data = join(folder, 'data');
  try {
    await finish(binary, [...making, '--data', data]);
    const listen = `127.0.0.1:${await freePort()}`;
    const server = run(binary, ['serve', '--listen', listen, '--data', data]);
    const stop = () => end(server, folder);
    try {
      await ready(`http://${listen}${path}`, server);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: `http://${listen}`, stop, server };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function run(binary, args) {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.said = '';
  const hear = (chunk) => {
    child.said = (child.said + chunk).slice(-4000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  return child;
}

async function finish(binary, args) {
  const child = run(binary, args);
  const timer = setTimeout(() => child.kill('SIGKILL'), GENERATE_MS_MAX);
  const how = await child.ended;
  clearTimeout(timer);
  if (how !== 0) throw new Error(`minhchung ${args[0]} ended with ${how}:\n${child.said}`);
}

async function ready(url, server) {
  let gone;
  server.ended.then((how) => {
    gone = how ?? 'nothing';
  });
  const until = Date.now() + READY_MS_MAX;
  while (Date.now() < until) {
    if (gone !== undefined) throw new Error(`minhchung serve ended with ${gone}:\n${server.said}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} did not answer within ${READY_MS_MAX / 1000} s:\n${server.said}`);
}

async function end(server, folder) {
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_MS_MAX);
  await server.ended;
  clearTimeout(timer);
  await rm(folder, { recursive: true, force: true });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
