import { expect, test } from 'vitest';
import { packageFolder } from '../../scripts/third-party';

test.each([
  ['/site/node_modules/idb/build/index.js', '/site/node_modules/idb'],
  ['/site/node_modules/@lucide/svelte/dist/x.svelte', '/site/node_modules/@lucide/svelte'],
  ['/site/node_modules/a/node_modules/b/index.js', '/site/node_modules/a/node_modules/b'],
  ['\0/site/node_modules/cjs/index.js?commonjs-es-import', '/site/node_modules/cjs'],
  ['/site/node_modules/font/index.css?inline', '/site/node_modules/font'],
  ['/site/src/main.ts', undefined],
  ['\0vite/preload-helper.js', undefined],
])('%s belongs to %s', (id, folder) => {
  expect(packageFolder(id)).toBe(folder);
});
