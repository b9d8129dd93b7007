import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { contentPolicy } from './scripts/content-policy.ts';
import { lessonMarkdown } from './scripts/lesson-markdown.ts';
import { serviceWorker } from './scripts/service-worker.ts';
import { thirdParty } from './scripts/third-party.ts';

export default defineConfig(({ isSsrBuild }) => {
  const notices = thirdParty();
  return {
    // Relative addresses: the site works from any folder of any static host.
    base: './',
    plugins: [
      lessonMarkdown(),
      svelte(),
      // The command-line tools are builds too (scripts/cli.mjs) but no site.
      ...(isSsrBuild ? [] : [contentPolicy(), notices.page, serviceWorker()]),
    ],
    worker: { format: 'es', plugins: () => [lessonMarkdown(), notices.worker()] },
    build: {
      target: 'es2022',
      modulePreload: { polyfill: false },
      // scripts/budget.mjs reads it.
      manifest: true,
      // The content policy forbids fonts from data: addresses, so nothing is inlined.
      assetsInlineLimit: 0,
    },
  };
});
