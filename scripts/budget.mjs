// How much JavaScript must arrive before a learner can place the first bet, compressed. npm test fails above the limit.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

export const LESSON_PAGE_KB_MAX = 120;

/** The lazy parts of a lesson page: its route, and of lessons and brokers the largest one each. */
const LAZY_PARTS = [
  { name: 'lesson route', pattern: /^src\/app\/learn\/[A-Z]\w*\.svelte$/, all: true },
  { name: 'largest lesson', pattern: /^lessons\/.*\/lesson\.ts$/ },
  { name: 'its words', pattern: /^lessons\/.*\/index\.en\.md$/ },
  { name: 'largest broker', pattern: /^src\/brokers\/[a-z]+\/[a-z-]+\.ts$/ },
];

/** kB (1000 bytes) of compressed JavaScript of the largest lesson page. For the bench. */
export function lessonPageJsGzKb(dist = join(root, 'dist')) {
  return measure(dist).totalKb;
}

/** @returns {{ totalKb: number, parts: { name: string, kb: number }[] }} what each part adds to those before it */
export function measure(dist) {
  const manifest = readManifest(dist);
  const sizes = new Map();
  const size = (file) => {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
    return sizes.get(file);
  };
  const bytes = (files) => [...files].reduce((sum, file) => sum + size(file), 0);

  const loaded = staticFiles(manifest, 'index.html');
  const parts = [{ name: 'entry', kb: bytes(loaded) / 1000 }];
  for (const { name, pattern, all } of LAZY_PARTS) {
    const added = Object.keys(manifest)
      .filter((key) => pattern.test(key) && manifest[key].isDynamicEntry)
      .map((key) => new Set([...staticFiles(manifest, key)].filter((file) => !loaded.has(file))))
      .sort((a, b) => bytes(b) - bytes(a));
    const files = new Set((all ? added : added.slice(0, 1)).flatMap((set) => [...set]));
    for (const file of files) loaded.add(file);
    parts.push({ name: added.length ? name : `${name} (none is lazy)`, kb: bytes(files) / 1000 });
  }
  return { totalKb: bytes(loaded) / 1000, parts };
}

/** The JavaScript files that a chunk needs before it can run: itself and its static imports, theirs and so on. */
export function staticFiles(manifest, key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build's manifest has no "${key}".`);
  if (found.has(chunk.file)) return found;
  if (chunk.file.endsWith('.js')) found.add(chunk.file);
  for (const imported of chunk.imports ?? []) staticFiles(manifest, imported, found);
  return found;
}

function readManifest(dist) {
  const file = join(dist, '.vite', 'manifest.json');
  if (!existsSync(file)) throw new Error('There is no build to measure. Run "npm run build" first.');
  return JSON.parse(readFileSync(file, 'utf8'));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { totalKb, parts } = measure(join(root, 'dist'));
    for (const { name, kb } of parts) console.log(`${kb.toFixed(1).padStart(7)} kB  ${name}`);
    console.log(
      `${totalKb.toFixed(1).padStart(7)} kB  JavaScript of the lesson page, limit ${LESSON_PAGE_KB_MAX} kB`,
    );
    if (totalKb > LESSON_PAGE_KB_MAX) {
      console.error('Too much. Load what the first bet does not need with import() when it is needed.');
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
