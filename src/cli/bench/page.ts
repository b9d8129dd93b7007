import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** kB (1000 bytes, gzip) of JavaScript before the first bet can be placed, from the build in dist/; 0 without a build. */
export async function lessonPageKb(): Promise<number> {
  const root = process.cwd();
  if (!existsSync(join(root, 'dist', '.vite', 'manifest.json'))) {
    console.error(
      'There is no build to weigh: run "npm run build" first. lessonPageJsGzKb is reported as 0.',
    );
    return 0;
  }
  const budget = (await import(
    /* @vite-ignore */ pathToFileURL(join(root, 'scripts', 'budget.mjs')).href
  )) as {
    lessonPageJsGzKb(dist: string): number;
  };
  return budget.lessonPageJsGzKb(join(root, 'dist'));
}
