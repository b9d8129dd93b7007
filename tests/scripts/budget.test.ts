import { expect, test } from 'vitest';
import { staticFiles } from '../../scripts/budget.mjs';

const manifest = {
  'index.html': { file: 'index.js', imports: ['_shared.js'], dynamicImports: ['lab.svelte'] },
  '_shared.js': { file: 'shared.js', imports: ['_vendor.js'] },
  '_vendor.js': { file: 'vendor.js', imports: ['_shared.js'] },
  'lab.svelte': { file: 'lab.js', imports: ['_shared.js'] },
  'style.css': { file: 'style.css' },
};

test('static imports are followed, in circles too; lazy ones are not', () => {
  expect([...staticFiles(manifest, 'index.html')]).toEqual(['index.js', 'shared.js', 'vendor.js']);
});

test('a chunk that the build does not have is an error, not nothing', () => {
  expect(() => staticFiles(manifest, 'gone.html')).toThrow('gone.html');
});
