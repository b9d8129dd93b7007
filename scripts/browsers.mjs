// Finds the browsers that tests can drive. Nothing is installed here: see scripts/install.mjs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Works as root, without a screen and without any network traffic of the browser's own. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param {(string | undefined)[]} paths */
const firstExisting = (paths) => paths.find((path) => path && existsSync(path));

/** A Chromium on this machine, else the one Playwright installed, else undefined. */
export function findChromium() {
  return firstExisting([
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ]);
}

/** Debian's Firefox, which Playwright drives over WebDriver BiDi. */
export function findFirefox() {
  return firstExisting([process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox']);
}

/** A file may be there and still lack its libraries; asking for its version tells. */
export function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}
