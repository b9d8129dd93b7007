/**
 * What a saved row must look like before anything trusts it: it may come from a file somebody sent, another version of
 * this product, or a damaged disk.
 */
import * as v from 'valibot';
import type { Attempt, Json, SavedRecording } from './types';

const instant = v.pipe(v.number(), v.finite(), v.minValue(0));
const word = v.pipe(v.string(), v.maxLength(200));
const confidence = v.nullable(v.picklist(['sure', 'unsure', 'guess']));
const ab = v.picklist(['a', 'b']);
const notJson = 'is not plain JSON';
const json = v.custom<Json>((value) => isPlainJson(value), notJson);

/** Its scenario is checked where it is opened, by the layer that knows scenarios. */
const recording = v.object({
  engine: word,
  scenario: v.pipe(
    v.looseObject({ version: v.number() }),
    v.check((value) => isPlain(value), notJson),
  ),
  seed: v.pipe(v.number(), v.integer()),
  inputs: v.array(
    v.object({
      time: instant,
      order: v.pipe(v.number(), v.integer()),
      action: v.pipe(
        v.looseObject({ class: word, name: word, target: word }),
        v.check((value) => isPlain(value), notJson),
      ),
    }),
  ),
});

const attempt = v.object({
  slug: word,
  step: word,
  startedAt: instant,
  changedAt: instant,
  bets: v.array(v.object({ id: word, option: v.nullable(word), confidence, at: instant })),
  observations: v.array(v.object({ id: word, option: word, right: v.boolean(), at: instant })),
  answers: v.array(
    v.object({ id: word, option: word, confidence, right: v.nullable(v.boolean()), at: instant }),
  ),
  hintsOpened: v.array(
    v.object({ goal: ab, stage: v.pipe(v.number(), v.integer(), v.minValue(0)), at: instant }),
  ),
  judged: v.array(
    v.object({
      goal: v.picklist(['a', 'b', 'transfer']),
      verdict: v.picklist(['shown', 'unknown', 'violated']),
      proved: v.boolean(),
      recording: v.nullable(word),
      at: instant,
    }),
  ),
  goalShown: v.boolean(),
  goalFixed: v.boolean(),
  transferred: v.boolean(),
  solutionSeen: v.array(ab),
  recordings: v.array(
    v.object({ id: word, recording, forkedAt: v.nullable(instant), parent: v.nullable(word) }),
  ),
  currentRecording: v.nullable(word),
  time: instant,
  flow: json,
});

const marks = v.record(word, instant);
const savedRecording = v.object({ id: word, name: word, savedAt: instant, recording, time: instant });
const settings = v.record(word, json);

const archive = v.object({
  product: v.literal('at-least-once'),
  version: v.literal(1),
  savedAt: instant,
  progress: v.array(v.object({ slug: word, marks, attempt: v.nullable(attempt), changedAt: instant })),
  recordings: v.array(savedRecording),
  settings,
});

/** null when the row makes no sense. */
export const readAttempt = reader<Attempt>(attempt);
export const readMarks = reader<Readonly<Record<string, number>>>(marks);
export const readRecording = reader<SavedRecording>(savedRecording);
export const readSettings = reader<Readonly<Record<string, Json>>>(settings);

/** The archive, or the path of the first thing in it that is wrong ("progress.3.marks"). */
export function checkArchive(
  value: unknown,
): { readonly archive: v.InferOutput<typeof archive> } | { readonly wrong: string } {
  const result = v.safeParse(archive, value, { abortEarly: true });
  if (result.success) return { archive: result.output };
  const issue = result.issues[0];
  return { wrong: `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}` };
}

// A schema's output has mutable arrays and looser scenarios; the types of this layer are the stricter reading of it.
function reader<Row>(schema: v.GenericSchema): (value: unknown) => Row | null {
  return (value) => {
    const result = v.safeParse(schema, value);
    return result.success ? (result.output as Row) : null;
  };
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const depthMax = 64;

/** Only what JSON has, not too deep, and no key through which an object's prototype could be reached. */
export function isPlainJson(value: unknown): value is Json {
  return isPlain(value);
}

function isPlain(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= depthMax) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.entries(value).every(([key, item]) => !forbiddenKeys.has(key) && isPlain(item, depth + 1));
}
