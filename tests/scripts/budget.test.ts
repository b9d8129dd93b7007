import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { measure, staticFiles } from '../../scripts/budget.mjs';

const manifest = {
  'index.html': { file: 'index.js', imports: ['_shared.js'], dynamicImports: ['lab.svelte'] },
  '_shared.js': { file: 'shared.js', imports: ['_vendor.js'] },
  '_vendor.js': { file: 'vendor.js', imports: ['_shared.js'] },
  'lab.svelte': { file: 'lab.js', imports: ['_shared.js'] },
  'style.css': { file: 'style.css' },
};

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** A build whose chunks have the given lines of code, which hardly compress. */
function built(chunks: Record<string, { lines: number; lazy?: boolean; imports?: string[] }>) {
  const dist = mkdtempSync(join(tmpdir(), 'budget-'));
  folders.push(dist);
  const entries = Object.entries(chunks).map(([key, { lines, lazy, imports }]) => {
    const file = `${key.replaceAll('/', '-')}.js`;
    const code = Array.from({ length: lines }, (_, line) => `${key}${line * 7919}`).join('\n');
    writeFileSync(join(dist, file), code);
    return [key, { file, imports, isDynamicEntry: lazy }] as const;
  });
  const path = join(dist, '.vite', 'manifest.json');
  mkdirSync(dirname(path));
  writeFileSync(path, JSON.stringify(Object.fromEntries(entries)));
  const kbOf = (key: string) => {
    const code = Array.from({ length: chunks[key].lines }, (_, line) => `${key}${line * 7919}`).join('\n');
    return gzipSync(code, { level: 9 }).length / 1000;
  };
  return { dist, kbOf };
}

test('static imports are followed, in circles too; lazy ones are not', () => {
  expect([...staticFiles(manifest, 'index.html')]).toEqual(['index.js', 'shared.js', 'vendor.js']);
});

test('a chunk that the build does not have is an error, not nothing', () => {
  expect(() => staticFiles(manifest, 'gone.html')).toThrow('gone.html');
});

test('a lesson page is its route and the largest lesson; the stage comes after the text and is said apart', () => {
  const { dist, kbOf } = built({
    'index.html': { lines: 50, imports: ['_shared'] },
    _shared: { lines: 30 },
    'src/app/shell/LessonRoute.svelte': { lines: 20, lazy: true, imports: ['_shared'] },
    'src/app/learn/Lesson.svelte': { lines: 90, lazy: true },
    'src/app/lab/Lab.svelte': { lines: 500, lazy: true },
    'lessons/01-a/01-b/lesson.ts': { lines: 10, lazy: true },
    'lessons/01-a/02-c/lesson.ts': { lines: 10, lazy: true },
    'lessons/01-a/02-c/index.en.md': { lines: 40, lazy: true },
    'src/app/learn/Work.svelte': { lines: 60, lazy: true },
    'src/brokers/rabbitmq/broker.ts': { lines: 100, lazy: true },
  });
  const expected = [
    ...['index.html', '_shared', 'src/app/shell/LessonRoute.svelte', 'src/app/learn/Lesson.svelte'],
    ...['lessons/01-a/02-c/lesson.ts', 'lessons/01-a/02-c/index.en.md'],
  ];
  const { totalKb, parts } = measure(dist);
  expect(totalKb).toBeCloseTo(
    expected.reduce((sum, key) => sum + kbOf(key), 0),
    6,
  );
  expect(parts.every(({ found }) => found)).toBe(true);
  expect(parts.at(-1)).toMatchObject({
    name: 'stage, controls and time (after the text)',
    kb: kbOf('src/app/learn/Work.svelte'),
  });
});

test('a part that cannot be found is said to be missing, so that a moved file does not shrink the page', () => {
  const { dist } = built({ 'index.html': { lines: 5 } });
  expect(measure(dist).parts.filter(({ found }) => !found)).toHaveLength(3);
});
