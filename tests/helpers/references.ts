import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { parse, read, visit } from './sources';

/**
 * Every file that is reached from the roots: by import, by import.meta.glob, as a worker by new URL(…), or from
 * a style sheet. dependency-cruiser does not follow the last three.
 */
export function reachable(roots: readonly string[], files: readonly string[]): Set<string> {
  const known = new Set(files);
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    waiting.push(...referencesOf(file, files).filter((other) => known.has(other)));
  }
  return reached;
}

function referencesOf(file: string, files: readonly string[]): string[] {
  if (file.endsWith('.css')) {
    return [...read(file).matchAll(/@import\s+['"]([^'"]+)/g)].map((match) => join(dirname(file), match[1]));
  }
  if (!/\.(ts|js|svelte)$/.test(file)) return [];
  const found: string[] = [];
  visit(parse(file), (node) => {
    for (const specifier of specifiersIn(node)) found.push(...resolve(file, specifier, files));
    for (const pattern of globsIn(node)) found.push(...matching(file, pattern, files));
  });
  return found;
}

/** What a node imports: import … from, export … from, import(), import type, new URL(…, import.meta.url). */
function specifiersIn(node: ts.Node): string[] {
  const literal = (value: ts.Node | undefined) =>
    value && ts.isStringLiteralLike(value) ? [value.text] : [];
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literal(node.arguments[0]);
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL') return literal(node.arguments?.[0]);
  return [];
}

function globsIn(node: ts.Node): string[] {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'import.meta.glob') return [];
  const [patterns] = node.arguments;
  const literals = ts.isArrayLiteralExpression(patterns) ? [...patterns.elements] : [patterns];
  return literals.filter(ts.isStringLiteralLike).map((literal) => literal.text);
}

function resolve(from: string, specifier: string, files: readonly string[]): string[] {
  const bare = specifier.replace(/\?.*$/, '');
  if (!/^\.{0,2}\//.test(bare)) return [];
  const path = bare.startsWith('/') ? bare.slice(1) : join(dirname(from), bare);
  const candidates = [path, `${path}.ts`, `${path}.js`, `${path}/index.ts`];
  const found = candidates.find((candidate) => files.includes(candidate));
  return found ? [found] : [];
}

function matching(from: string, pattern: string, files: readonly string[]): string[] {
  if (pattern.startsWith('!')) return [];
  const path = pattern.startsWith('/') ? pattern.slice(1) : join(dirname(from), pattern);
  const expression = path
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, choices: string) => `(${choices.replaceAll(',', '|')})`)
    .replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(.*/)?'));
  return files.filter((file) => new RegExp(`^${expression}$`).test(file));
}
