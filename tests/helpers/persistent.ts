/** A Chromium with a profile of its own on the disk, which can be killed and started again. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/browsers.mjs';
import { storageBundle } from './engine-bundle';
import type * as writer from './storage-writer';

export type StorageWriter = typeof writer;
/** As the page has it. */
export type WithWriter = typeof globalThis & { readonly storageWriter: StorageWriter };

export async function newProfile(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'alo-profile-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}

export interface Persistent {
  readonly context: BrowserContext;
  readonly page: Page;
  /** SIGKILL of the browser and of all its helpers, at once; resolves when Playwright has noticed. */
  readonly kill: () => Promise<void>;
}

export async function launch(profile: string, baseURL: string): Promise<Persistent> {
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    args: chromiumArgs,
    baseURL,
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const processes = await processesOf(context);
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    async kill() {
      const gone = new Promise<void>((resolve) => context.once('close', () => resolve()));
      for (const id of processes) killed(id);
      await gone;
    },
  };
}

/** What a failing disk does to the files in which this profile's browser keeps databases. It must not be running. */
export async function spoilDatabases(profile: string): Promise<void> {
  const folder = join(profile, 'Default', 'IndexedDB');
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile() && /^MANIFEST|\.(log|ldb)$/.test(entry.name),
  );
  if (files.length < 2) throw new Error(`There is no database in ${folder}.`);
  for (const { parentPath, name } of files) await writeFile(join(parentPath, name), Buffer.alloc(3000, 0xa5));
}

/** Loads the storage writer into the page: beside the product, and from the same address. */
export async function bringWriter(page: Page): Promise<void> {
  await page.evaluate(`${await storageBundle()}\nglobalThis.storageWriter = storageWriter; undefined`);
}

/** The browser first: what it does not know it cannot pass on to its helpers. */
async function processesOf(context: BrowserContext): Promise<readonly number[]> {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: readonly { readonly type: string; readonly id: number }[];
  };
  await session.detach();
  const isBrowser = ({ type }: { readonly type: string }) => (type === 'browser' ? 0 : 1);
  return [...processInfo].sort((a, b) => isBrowser(a) - isBrowser(b)).map(({ id }) => id);
}

function killed(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // A helper that ended with its browser.
  }
}
