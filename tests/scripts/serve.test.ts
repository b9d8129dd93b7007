import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const site = join(folder, 'site');
let server: { url: string; close: () => void };

beforeAll(async () => {
  mkdirSync(join(site, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'not part of the site');
  writeFileSync(join(site, 'index.html'), '<h1>page</h1>');
  writeFileSync(join(site, 'assets', 'a.js'), 'export {}');
  writeFileSync(join(site, 'assets', 'a.wasm'), '');
  server = await serve(site, { port: 4800, mount: 'deep/sub' });
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** fetch() would tidy up the path; an attacker does not. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    request({ port, host: '127.0.0.1', path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  ['', 'text/html; charset=utf-8'],
  ['index.html', 'text/html; charset=utf-8'],
  ['assets/a.js', 'text/javascript; charset=utf-8'],
  ['assets/a.wasm', 'application/wasm'],
])('"%s" is served as %s', async (path, type) => {
  const response = await fetch(server.url + path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
});

test('the folder without its slash leads to the page', async () => {
  const response = await fetch(server.url.slice(0, -1));
  expect(response.url).toBe(server.url);
});

test.each([
  '/deep/sub/../../secret.txt',
  '/deep/sub/..%2f..%2fsecret.txt',
  '/deep/sub/../secret.txt',
  '/secret.txt',
])('%s is not part of the site', async (path) => {
  expect(await statusOf(path)).toBe(404);
});

test('an address that cannot be decoded is a bad request', async () => {
  expect(await statusOf('/deep/sub/%ff')).toBe(400);
});

test('a second server takes the next free port, unless told to be strict', async () => {
  const port = Number(new URL(server.url).port);
  const second = await serve(site, { port });
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  second.close();
  await expect(serve(site, { port, strict: true })).rejects.toThrow('in use');
});
