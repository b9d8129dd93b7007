// npm start: installs what is missing, builds the site and serves it. Needs Node and nothing else.
import { join } from 'node:path';
import { ensurePackages, requireNode, root, run } from './install.mjs';
import { serve } from './serve.mjs';

try {
  requireNode();
  ensurePackages();
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  if (!run(process.execPath, [vite, 'build', '--logLevel', 'warn'])) throw new Error('The build failed.');
  const { url } = await serve(join(root, 'dist'), { port: Number(process.env.PORT ?? 4173) });
  console.log(`\nAt Least Once is ready: ${url}\nStop it with Ctrl+C.`);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
