// npm test: installs what is missing, then runs every check in order.
// The last line, alone, is "N passed, N failed"; the exit code is 1 when anything failed.
// --long (npm run test:long) sets LONG=1: more seeds, every browser journey.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, ensurePackages, requireNode, root, run } from './install.mjs';
import { countPlaywright, countVitest, readResult } from './results.mjs';

const started = Date.now();
const long = process.argv.includes('--long') || Boolean(process.env.LONG);
/** What every tool is told. */
const env = long ? { LONG: '1' } : {};
const results = join(root, 'test-results');
/** @type {{ title: string, passed: number, failed: number, skipped: number, remarks: string[] }[]} */
const sections = [];

try {
  await main();
} catch (error) {
  console.error(error);
  record('Test script', { failed: 1, remarks: [error.message] });
}
report();

async function main() {
  heading('Preparation');
  requireNode();
  ensurePackages();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results);
  const chromium = await ensureChromium();
  const firefox = await findWorkingFirefox();
  console.log(`Chromium: ${chromium ?? 'none'}\nFirefox: ${firefox ?? 'none'}`);
  if (chromium) {
    // The one that was seen to start, so that no tool picks another.
    env.CHROMIUM = chromium;
  } else {
    const remark =
      'none on this machine and none could be installed: put one at /usr/bin/chromium or set CHROMIUM';
    record('A Chromium to test in', { failed: 1, remarks: [remark] });
  }

  check('Types', 'svelte-check', [
    '--tsconfig',
    './tsconfig.json',
    '--fail-on-warnings',
    '--output',
    'human',
  ]);
  check('Lint', 'eslint', ['.', '--max-warnings', '0']);
  check('Format', 'prettier', ['--check', '--log-level', 'warn', '.']);
  vitest('Layers and tidiness', 'tidy', ['--project', 'unit', 'tests/tidy.test.ts']);
  const projects = chromium ? ['unit', 'browser'] : ['unit'];
  vitest('Unit, property, conformance and lesson tests', 'tests', [
    ...projects.flatMap((project) => ['--project', project]),
    ...['--exclude', 'tests/tidy.test.ts'],
  ]);

  // An old build must not pass for a new one.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  if (!check('Build', 'vite', ['build', '--logLevel', 'warn'])) {
    record('Budget', { failed: 1, remarks: ['not run: the build failed'] });
    record('Browser journeys', { failed: 1, remarks: ['not run: the build failed'] });
    return;
  }
  check('Budget', process.execPath, [join('scripts', 'budget.mjs')]);
  if (chromium) playwright(firefox);
  else record('Browser journeys', { failed: 1, remarks: ['not run: no Chromium'] });
}

async function findWorkingFirefox() {
  const { findFirefox, starts } = await import('./browsers.mjs');
  const path = findFirefox();
  return path && starts(path) ? path : undefined;
}

/** A check is one test: its exit code decides. */
function check(title, command, args) {
  heading(title);
  const succeeded = run(tool(command), args, { env });
  record(title, succeeded ? { passed: 1 } : { failed: 1 });
  return succeeded;
}

function vitest(title, name, args) {
  heading(title);
  const file = join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const succeeded = run(tool('vitest'), ['run', ...args, ...reporters], { env });
  record(title, readResult(file, countVitest, succeeded));
}

function playwright(firefox) {
  const title = 'Browser journeys';
  heading(title);
  const succeeded = run(tool('playwright'), ['test'], { env });
  const result = readResult(join(results, 'journeys.json'), countPlaywright, succeeded);
  const { chromium, firefox: inFirefox } = result.engines ?? {};
  result.remarks.push(
    engineRemark('chromium', chromium),
    firefox ? engineRemark('firefox', inFirefox) : 'firefox: not run (not installed)',
    existsSync('/usr/bin/WebKitWebDriver')
      ? 'webkit: driven by engine-webkit.spec.ts, counted with chromium'
      : 'webkit: not run (WebKitWebDriver is not installed)',
  );
  record(title, result);
}

function engineRemark(name, counts) {
  return counts ? `${name}: ${counts.passed} passed, ${counts.failed} failed` : `${name}: not run`;
}

/** Our tools by name; anything with a path as it is. */
function tool(name) {
  return name.includes('/') || name.includes('\\') ? name : join(root, 'node_modules', '.bin', name);
}

function heading(title) {
  console.log(`\n${'='.repeat(80)}\n${title}\n${'='.repeat(80)}`);
}

function record(title, { passed = 0, failed = 0, skipped = 0, remarks = [] }) {
  sections.push({ title, passed, failed, skipped, remarks });
}

function report() {
  heading(`Summary, after ${Math.round((Date.now() - started) / 1000)} s${long ? ' (long run)' : ''}`);
  for (const { title, passed, failed, skipped, remarks } of sections) {
    const left = skipped ? `, ${skipped} skipped` : '';
    console.log(`${failed ? 'FAILED' : 'ok    '}  ${title}: ${passed} passed, ${failed} failed${left}`);
    for (const remark of remarks) console.log(`          ${remark}`);
  }
  const total = (key) => sections.reduce((sum, section) => sum + section[key], 0);
  process.exitCode = total('failed') > 0 ? 1 : 0;
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
}
