import { build } from 'vite';
import { fileURLToPath } from 'node:url';
import type * as truth from './lesson-truth';

type LessonTruth = typeof truth;

/** The engine page as one module's text, so that every engine runs the same bytes. */
export function engineBundle(): Promise<string> {
  return bundle('./engine-page.ts');
}

/** The storage writer as a script that leaves one global behind, `storageWriter`. */
export function storageBundle(): Promise<string> {
  return (built ??= bundle('./storage-writer.ts', 'iife', 'storageWriter'));
}
let built: Promise<string> | undefined;

/** A module of this folder with all it needs, as text: what is read through globs works in it. */
async function bundle(file: string, format: 'es' | 'iife' = 'es', name = 'engine'): Promise<string> {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry, formats: [format], fileName: 'engine', name },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const [{ output }] = result as unknown as { output: { type: string; code: string }[] }[];
  return output.find(({ type }) => type === 'chunk')!.code;
}

/** What this Node makes of it: the reference the other engines are held against. */
export async function hashesInNode(code: string): Promise<Record<string, string>> {
  const module = (await moduleOf(code)) as { hashes(): Promise<Record<string, string>> };
  return module.hashes();
}

/** What lesson 4 does, played in this Node: journeys ask it for answers instead of knowing numbers. */
export async function lessonTruth(): Promise<LessonTruth> {
  return (await moduleOf(await bundle('./lesson-truth.ts'))) as LessonTruth;
}

function moduleOf(code: string): Promise<unknown> {
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}
