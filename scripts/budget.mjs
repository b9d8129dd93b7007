// How much JavaScript must arrive before a learner can place the first bet, compressed. npm test fails above the limit.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

export const LESSON_PAGE_KB_MAX = 120;

/**
 * What a lesson page loads. Chunks that agree in what the parentheses match belong together; where there are several
 * such groups (lessons) a page loads one, so the largest counts. `after`: it follows by itself, but the text can be
 * read and the bet placed without it; said, and not counted. Brokers run in a worker (run-worker), which comes then too.
 */
const LAZY_PARTS = [
  { name: 'lesson route', pattern: /^src\/app\/(?:shell\/LessonRoute|learn\/Lesson)\.svelte$/ },
  { name: 'largest lesson and its words', pattern: /^lessons\/(.+)\/(?:lesson\.ts|index\.en\.md)$/ },
  { name: 'stage, controls and time', pattern: /^src\/app\/learn\/(?:Work)\.svelte$/, after: true },
];

/** kB (1000 bytes) of compressed JavaScript before a bet can be placed, on the largest lesson page. For the bench. */
export function lessonPageJsGzKb(dist = join(root, 'dist')) {
  return measure(dist).totalKb;
}

/**
 * What each part adds to those before it.
 *
 * @returns {{ totalKb: number, parts: { name: string, kb: number, found: boolean }[] }}
 */
export function measure(dist) {
  const manifest = readManifest(dist);
  const bytes = (files) => [...files].reduce((sum, file) => sum + compressedSize(join(dist, file)), 0);

  const loaded = staticFiles(manifest, 'index.html');
  const parts = [{ name: 'entry', kb: bytes(loaded) / 1000, found: true }];
  let totalKb = parts[0].kb;
  for (const { name, pattern, after = false } of LAZY_PARTS) {
    const groups = [...lazyGroups(manifest, pattern).values()].map((keys) => {
      const files = keys.flatMap((key) => [...staticFiles(manifest, key)]);
      return new Set(files.filter((file) => !loaded.has(file)));
    });
    const [largest = new Set()] = groups.sort((a, b) => bytes(b) - bytes(a));
    const kb = bytes(largest) / 1000;
    parts.push({ name: after ? `${name} (after the text)` : name, kb, found: groups.length > 0 });
    for (const file of largest) loaded.add(file);
    if (!after) totalKb += kb;
  }
  return { totalKb, parts };
}

function lazyGroups(manifest, pattern) {
  const groups = new Map();
  for (const key of Object.keys(manifest)) {
    const match = manifest[key].isDynamicEntry && pattern.exec(key);
    if (match) groups.set(match[1], [...(groups.get(match[1]) ?? []), key]);
  }
  return groups;
}

const sizes = new Map();

function compressedSize(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(file), { level: 9 }).length);
  return sizes.get(file);
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
      `${totalKb.toFixed(1).padStart(7)} kB  JavaScript before the first bet, limit ${LESSON_PAGE_KB_MAX} kB`,
    );
    for (const worker of readdirSync(join(root, 'dist', 'assets')).filter((name) =>
      /^run-worker-.*\.js$/.test(name),
    )) {
      const kb = compressedSize(join(root, 'dist', 'assets', worker)) / 1000;
      console.log(`${kb.toFixed(1).padStart(7)} kB  simulation worker (after the text)`);
    }
    for (const { name, found } of parts) {
      if (found) continue;
      console.error(
        `The build has no lazy ${name}. If the files moved, correct LAZY_PARTS in scripts/budget.mjs.`,
      );
      process.exitCode = 1;
    }
    if (totalKb > LESSON_PAGE_KB_MAX) {
      console.error('Too much. Load what the first bet does not need with import() when it is needed.');
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
