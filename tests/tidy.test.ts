/**
 * The house rules as tests. Each says which file and line, what is wrong, and what to do instead.
 * What every rule is for stands in ARCHITECTURE.md.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { test } from 'vitest';
import {
  arithmeticRules,
  asyncAllowed,
  determinismRules,
  deterministicLayers,
} from '../scripts/determinism.js';
import { reachable } from './helpers/references';
import { filesIn, lineOf, linesWith, parse, read, root, visit } from './helpers/sources';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const TIMEOUT_MS = 120_000;

const all = filesIn('.');
const code = all.filter((file) => /^(src|lessons|scripts|tests)\/.*\.(ts|mjs|js|svelte)$/.test(file));
const product = code.filter((file) => /^(src|scripts)\//.test(file));
const isText = (file: string) => !/\.(png|ico|woff2|wasm|gif)$/.test(file);

/** Fails with one line per finding, which is all that a reader needs. */
function expectNone(findings: readonly string[]) {
  if (findings.length > 0) throw new Error(`${findings.length} found\n${findings.join('\n')}`);
}

test('layers: arrows point one way', { timeout: TIMEOUT_MS }, () => {
  const config = join(root, '.dependency-cruiser.cjs');
  const bin = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [bin, 'src', 'lessons', '--config', config, '--output-type', 'json'];
  const output = execFileSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const { summary } = JSON.parse(output) as {
    summary: {
      violations: { from: string; to: string; rule: { name: string }; cycle?: { name: string }[] }[];
      ruleSetUsed: { forbidden: { name: string; comment: string }[] };
    };
  };
  const remedies = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  expectNone(
    summary.violations.map(({ from, to, rule, cycle }) => {
      const path = [from, ...(cycle?.map(({ name }) => name) ?? (to === from ? [] : [to]))].join(' → ');
      return `${path} (${rule.name})\n    ${remedies.get(rule.name)}`;
    }),
  );
});

test(`size: no file has more than ${FILE_LINES_MAX} lines`, () => {
  const sized = [...code, ...all.filter((file) => /^src\/.*\.css$/.test(file))];
  expectNone(
    sized
      .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
      .filter(({ lines }) => lines > FILE_LINES_MAX)
      .map(
        ({ file, lines }) => `${file}: ${lines} lines. Move one of the things it does to a file of its own.`,
      ),
  );
});

test(`size: no function has more than ${FUNCTION_LINES_MAX} lines`, () => {
  expectNone(
    product.flatMap((file) => {
      const source = parse(file);
      const long: string[] = [];
      visit(source, (node) => {
        if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return;
        const lines = node.getText(source).split('\n').length;
        if (lines <= FUNCTION_LINES_MAX) return;
        const name = node.name?.getText(source) ?? 'a function';
        long.push(
          `${file}:${lineOf(source, node)}: ${name} has ${lines} lines. ` +
            'Keep the branches here and move what they do into helpers below.',
        );
      });
      return long;
    }),
  );
});

test('nothing is dead: every file is used by the page or by a command', () => {
  const parts = all.filter((file) => /^(src|lessons|tests\/conformance)\//.test(file));
  const commands = /^(src\/cli|tests\/conformance\/harness)\/[^/]+\.ts$/;
  const roots = parts.filter((file) => file === 'src/main.ts' || commands.test(file));
  const used = reachable(roots, parts);
  expectNone(
    parts
      .filter((file) => !file.startsWith('tests/'))
      .filter((file) => /\.(ts|svelte|css)$/.test(file) && !file.endsWith('.d.ts') && !used.has(file))
      .map((file) => `${file}: nothing that runs uses it (tests do not count). Use it or delete it.`),
  );
});

test('determinism: no clock, randomness, locale, promise or inexact function below scenario', async () => {
  const files = deterministicLayers.map((layer) => `src/${layer}/**/*.ts`);
  const parser = tseslint.parser as Linter.Parser;
  const rulesFor = (patterns: string[], rules: object) => ({
    files: patterns,
    languageOptions: { parser },
    rules: rules as Linter.RulesRecord,
  });
  // Comments that switch a rule off are ignored: there is no good reason for one here.
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    allowInlineConfig: false,
    errorOnUnmatchedPattern: false,
    overrideConfig: [
      rulesFor(['src/scenario/**/*.ts'], arithmeticRules),
      rulesFor(files, determinismRules({ async: false })),
      rulesFor(asyncAllowed, determinismRules({ async: true })),
    ],
  });
  const results = await eslint.lintFiles([...files, 'src/scenario/**/*.ts']);
  expectNone(
    results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message }) => `${filePath.slice(root.length)}:${line}: ${message}`),
    ),
  );
});

test('the console belongs to the commands', () => {
  const pages = product.filter((file) => file.startsWith('src/') && !file.startsWith('src/cli/'));
  expectNone(
    pages.flatMap((file) => {
      const source = parse(file);
      const calls: string[] = [];
      visit(source, (node) => {
        const isLog =
          ts.isPropertyAccessExpression(node) && /^console\.(log|info|debug)$/.test(node.getText(source));
        if (isLog) calls.push(`${file}:${lineOf(source, node)}: remove it, or show the reader what it says.`);
      });
      return calls;
    }),
  );
});

test('no test is skipped or runs alone', () => {
  const names = ['skip', 'only', 'todo', 'fixme', 'skipIf', 'fails'];
  const runners = ['test', 'it', 'describe', 'suite', 'bench', 'expect'];
  expectNone(
    code
      .filter((file) => file.startsWith('tests/'))
      .flatMap((file) => {
        const source = parse(file);
        const found: string[] = [];
        visit(source, (node) => {
          if (!ts.isPropertyAccessExpression(node) || !names.includes(node.name.text)) return;
          const runner = node.expression.getText(source).split(/[.(]/)[0];
          if (!runners.includes(runner)) return;
          found.push(
            `${file}:${lineOf(source, node)}: ${runner}….${node.name.text}. Repair the test or delete it; ` +
              'for long runs use test.runIf(process.env.LONG) or the tag @long.',
          );
        });
        return found;
      }),
  );
});

test('no component has a fixed style attribute, which the content policy would block', () => {
  expectNone(
    all
      .filter((file) => file.endsWith('.svelte'))
      .flatMap((file) =>
        // style="… {value} …" is set from code, which is allowed; a fixed one stands in the page's text.
        linesWith(read(file), /\sstyle=("[^"{]*"|'[^'{]*')/).map(
          (line) => `${file}:${line}: use a class, or style:property={value}.`,
        ),
      ),
  );
});

test('no file names a folder of somebody’s machine', () => {
  const folders = ['work', 'tmp', 'root', 'home', 'Users'].join('|');
  const pattern = new RegExp(`(^|[\\s'"\`(=:])/(${folders})/\\w`);
  expectNone(
    all
      .filter((file) => isText(file) && file !== 'package-lock.json')
      .flatMap((file) =>
        linesWith(read(file), pattern).map(
          (line) => `${file}:${line}: make the path relative, or ask the system for it.`,
        ),
      ),
  );
});

test('the lock file names no server, so that any registry can serve it', () => {
  const packages = (
    JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
  ).packages;
  const wrong = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
  const remedy = 'Install with the .npmrc of this repository (omit-lockfile-registry-resolved).';
  expectNone(
    wrong.map(([name, { resolved }]) => `package-lock.json: ${name} comes from ${resolved}. ${remedy}`),
  );
});
