// The conformance command: node tests/conformance/cli.mjs [arguments]; harness/command.ts says which.
// Scenarios are TypeScript and may come from any folder, so Vite loads them one by one.
import { join, sep } from 'node:path';
import { createServer } from 'vite';
import { ensurePackages, requireNode, root } from '../../scripts/install.mjs';

requireNode();
ensurePackages();
const define = join(root, 'tests/conformance/define.ts');
/** Scenarios of another folder import defineConformance from wherever theirs lay. */
const findDefine = {
  name: 'find-define',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (!/(^|\/)define(\.[jt]s)?$/.test(source) || !importer || importer.startsWith(root + sep)) return null;
    return (await this.resolve(source, importer, { ...options, skipSelf: true })) ?? define;
  },
};
const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  plugins: [findDefine],
});
const load = (file) => vite.ssrLoadModule(file);
// So that a broker that was started is stopped, and its folder removed: that is done on exit.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
let passed = false;
try {
  const { main } = await load(join(root, 'tests/conformance/harness/command.ts'));
  passed = await main(process.argv.slice(2), root, load);
} catch (error) {
  console.error(error);
} finally {
  await vite.close();
}
// A client of a broken connection may still wait for an answer.
process.exit(passed ? 0 : 1);
