/**
 * Formats change; what was written stays readable. Each format has a version and a ladder: step i leads from version
 * i + 1 to i + 2. Add steps; never change one that was released. Every version has a golden file (tests/golden).
 */
import { BadContent } from './bad-content';

/** Old plain data → the same in the next version. What it is given is not trusted: it checks nothing and throws nothing. */
export type Step = (old: Readonly<Record<string, unknown>>) => Record<string, unknown>;

export interface Format {
  /** "scenario", "link": for messages. */
  readonly name: string;
  readonly steps: readonly Step[];
}

export const scenarioFormat: Format = { name: 'scenario', steps: [] };
export const linkFormat: Format = {
  name: 'link',
  // 1 → 2: an instant may be a fact, a selection may be a message, and a hash says what the sender saw.
  steps: [(old) => ({ ...old, fact: null, hash: null })],
};
/** One run in a file of its own. */
export const runFileFormat: Format = { name: 'run file', steps: [] };
/** Everything a person has, in one file (storage/archive.ts). */
export const archiveFormat: Format = { name: 'archive', steps: [] };

export function versionOf(format: Format): number {
  return format.steps.length + 1;
}

/** Climbs from `version` to today's. Throws BadContent when the version is none, or of the future. */
export function migrated(format: Format, version: unknown, value: unknown): unknown {
  const newest = versionOf(format);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new BadContent('notValid', `is no version of a ${format.name}`, 'version');
  }
  if (version > newest) {
    throw new BadContent(
      'newer',
      `This was made by a newer version (${format.name} ${version}; this one reads up to ${newest}). Reload to update.`,
    );
  }
  if (!isRecord(value)) return value;
  return format.steps.slice(version - 1).reduce<Record<string, unknown>>((old, step) => step(old), value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
