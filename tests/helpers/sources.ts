import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'coverage', 'test-results']);

/** Every file of the repository below a folder, as paths from the root with forward slashes. */
export function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = relative(root, join(root, folder, entry.name)).replaceAll('\\', '/');
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

export const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** A file as TypeScript sees it. Of a component only the scripts are kept, on the lines where they stand. */
export function parse(path: string): ts.SourceFile {
  const text = path.endsWith('.svelte') ? scriptsOf(read(path)) : read(path);
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, scriptKind(path));
}

const scriptKind = (path: string) => (/\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS);

function scriptsOf(component: string): string {
  let scripts = '';
  let end = 0;
  for (const match of component.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[1].length;
    scripts += component.slice(end, start).replace(/[^\n]/g, ' ') + match[2] + ';';
    end = start + match[2].length;
  }
  return scripts;
}

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

export const lineOf = (source: ts.SourceFile, node: ts.Node) =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

/** Lines on which a pattern is found, counted from 1. */
export function linesWith(text: string, pattern: RegExp): number[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}
