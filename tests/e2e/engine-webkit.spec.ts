import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { engineBundle, hashesInNode } from '../helpers/engine-bundle';

const driver = '/usr/bin/WebKitWebDriver';
const browser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

// Playwright cannot drive the distribution's WebKit, so this speaks WebDriver itself. Not there: no test, and said so.
if (existsSync(driver) && existsSync(browser) && existsSync('/usr/bin/xvfb-run')) {
  test('WebKit: one recording with faults has the history hash it has in Node', async () => {
    const code = await engineBundle();
    const inNode = await hashesInNode(code);
    const inWebKit = await withSite(code, (address) => withWebKit((session) => session(address)));
    console.log('WebKit', JSON.stringify(inWebKit));
    expect(inWebKit).toEqual(inNode);
  });
} else {
  console.log('WebKit: not run, WebKitWebDriver, MiniBrowser or xvfb-run is not installed.');
}

/** Serves the bundle and a page that runs it, from this machine only. */
async function withSite<T>(code: string, work: (address: string) => Promise<T>): Promise<T> {
  const page = `<!doctype html><title>engine</title><script type="module">
    import { hashes } from './engine.mjs';
    hashes().then((answer) => { window.answer = answer; }, (error) => { window.answer = { error: String(error) }; });
  </script>`;
  const server = createServer((request, response) => {
    const script = request.url?.endsWith('.mjs');
    response
      .writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' })
      .end(script ? code : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
  }
}

/** A WebDriver session under a virtual display: opens the address and waits for `window.answer`. */
async function withWebKit<T>(
  work: (session: (address: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const port = 4500 + (process.pid % 500);
  const child = spawn('/usr/bin/xvfb-run', ['-a', driver, `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
  });
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return ((await response.json()) as { value: unknown }).value;
  };
  try {
    const options = { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } };
    const { sessionId } = (await patiently(() =>
      call('POST', '/session', { capabilities: { alwaysMatch: options } }),
    )) as {
      sessionId: string;
    };
    const answer = await work(async (address) => {
      await call('POST', `/session/${sessionId}/url`, { url: address });
      const script = { script: 'return window.answer ?? null', args: [] };
      return patiently(() => call('POST', `/session/${sessionId}/execute/sync`, script));
    });
    await call('DELETE', `/session/${sessionId}`);
    return answer;
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid);
  }
}

/** Asks again for up to 40 s while there is no answer yet. */
async function patiently(ask: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      if (attempt >= 80) throw error;
    }
    if (attempt >= 80) throw new Error('WebKit did not answer in 40 s.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
