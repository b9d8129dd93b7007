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

/** A Chromium on this machine, else the one Playwright installed: those of them that exist. */
function chromiums() {
  return [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ].filter((path) => path && existsSync(path));
}

export const findChromium = () => chromiums()[0];

/** A file may be there and still lack its libraries; asking for its version tells. */
export const findStartingChromium = () => chromiums().find(starts);

/** Debian's Firefox, which Playwright drives over WebDriver BiDi. */
export function findFirefox() {
  return [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
    (path) => path && existsSync(path),
  );
}

export function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}
