import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './scripts/browsers.mjs';
import { lessonMarkdown } from './scripts/lesson-markdown.ts';

const executablePath = findChromium();

export default defineConfig({
  plugins: [lessonMarkdown(), svelte()],
  test: {
    maxWorkers: 2,
    // Shared machines stall for seconds; a test that hangs still fails.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // In a browser: import.meta.env.LONG.
    env: { LONG: process.env['LONG'] ?? '' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/browser/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
