// npm run notices: what others' software and fonts the site contains, and under which licence.
// The build writes the full texts to dist/THIRD-PARTY-NOTICES.txt and stops at a licence that may not ship.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, requireNode, root, run } from './install.mjs';

requireNode();
ensurePackages();
if (run(join(root, 'node_modules', '.bin', 'vite'), ['build', '--logLevel', 'warn'])) {
  const text = readFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const [, name, licence] of text.matchAll(/^(\S+ \S+)\nLicence: (\S+)$/gm)) {
    console.log(`${licence.padEnd(14)}${name}`);
  }
} else {
  process.exitCode = 1;
}
