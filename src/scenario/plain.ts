/** First look at JSON from outside, before any schema sees it: nothing deep, nothing that could reach a prototype. */
import { BadContent } from './bad-content';

/** No content of ours is nested deeper. */
const depthMax = 32;

/** Every name that an empty object answers to, and the ones that make constructors: none may be a key or a name. */
const hostile: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

export function isHostile(name: string): boolean {
  return hostile.has(name);
}

/** Throws BadContent at the first key that is hostile, at the first place that is too deep. Needs no stack. */
export function checkPlain(value: unknown): void {
  const open: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.path.length > depthMax) {
      throw new BadContent('tooDeep', `is nested deeper than ${depthMax} levels`, shortPath(next.path));
    }
    for (const key of Object.keys(next.value)) {
      const path = [...next.path, key];
      if (isHostile(key)) {
        throw new BadContent('hostileName', `"${key}" cannot be a name here`, shortPath(path));
      }
      open.push({ value: (next.value as Record<string, unknown>)[key], path });
    }
  }
}

/** Throws BadContent when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadContent('notJson', 'This is not JSON.');
  }
}

function shortPath(path: readonly string[]): string {
  return path
    .map((key) => key.slice(0, 40))
    .slice(0, 8)
    .join('.');
}
