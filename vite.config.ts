import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { lessonMarkdown } from './scripts/lesson-markdown.ts';

export default defineConfig({
  // Relative addresses: the site works from any folder of any static host.
  base: './',
  plugins: [lessonMarkdown(), svelte()],
  worker: { format: 'es', plugins: () => [lessonMarkdown()] },
  build: { target: 'es2022', modulePreload: { polyfill: false }, manifest: true },
});
