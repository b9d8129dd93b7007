import { expect, test } from '@playwright/test';
import { engineBundle, hashesInNode } from '../helpers/engine-bundle';

test('one recording with faults has one history hash, here and in Node', async ({
  page,
  browserName,
  browser,
}) => {
  const code = await engineBundle();
  const inNode = await hashesInNode(code);
  await page.route('**/engine.mjs', (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
  await page.route('**/engine.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>engine</title>' }),
  );
  await page.goto('./engine.html');
  const inBrowser = await page.evaluate(async () => {
    const address: string = './engine.mjs';
    const engine = (await import(address)) as { hashes(): Promise<Record<string, string>> };
    return engine.hashes();
  });
  console.log(`Node ${process.version}`, JSON.stringify(inNode));
  console.log(`${browserName} ${browser.version()}`, JSON.stringify(inBrowser));
  expect(Object.keys(inNode)).toEqual(['seed 4', 'fork of 4', 'seed 5', 'seed 6']);
  expect(new Set(Object.values(inNode)).size).toBe(4);
  expect(inBrowser).toEqual(inNode);
});
