import { createServer, type AddressInfo } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, findChromium, findFirefox } from './scripts/browsers.mjs';

/** The site must work from any folder of a host, so journeys visit it in a deep one. */
const mount = '/deep/sub/path/';

// Playwright reads this file once more in every worker: all must agree on the port, so the first one decides.
const port = (process.env['ALO_E2E_PORT'] ??= String(await freePort()));
const baseURL = `http://127.0.0.1:${port}${mount}`;

const chromium = findChromium();
const firefox = findFirefox();

export default defineConfig({
  testDir: './tests/e2e',
  outputDir: './test-results/journeys',
  // Journeys tagged @long run in `npm run test:long` only.
  ...(process.env['LONG'] ? {} : { grepInvert: /@long/ }),
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  // Two cores and two browsers: what is looked for may take a while, and is looked for until it is there.
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: './test-results/journeys.json' }]],
  use: { baseURL, trace: 'retain-on-failure', locale: 'en-GB', timezoneId: 'UTC' },
  webServer: {
    command: `node scripts/serve.mjs dist --strict --port ${port} --mount ${mount}`,
    url: baseURL,
    reuseExistingServer: false,
  },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: chromiumArgs },
      },
    },
    // An engine that is not installed has no project, and npm test reports it as not run.
    ...(firefox
      ? [
          {
            name: 'firefox',
            testMatch: '**/*.cross.spec.ts',
            use: {
              // Debian's Firefox understands WebDriver BiDi, which this channel name switches on.
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              viewport: { width: 1280, height: 720 },
              launchOptions: { executablePath: firefox },
            },
          },
        ]
      : []),
  ],
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
