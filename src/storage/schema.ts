/**
 * What a saved row must look like before anything trusts it: it may come from a file somebody sent, another version of
 * this product, or a damaged disk.
 */
import * as v from 'valibot';
import { isHostile } from '../scenario/plain';
import type { Attempt, Json, SavedRecording } from './types';

export const instant = v.pipe(v.number(), v.finite(), v.minValue(0));
export const word = v.pipe(v.string(), v.maxLength(200));
const confidence = v.nullable(v.picklist(['sure', 'unsure', 'guess']));
const ab = v.picklist(['a', 'b']);
const notJson = 'is not plain JSON';
const json = v.custom<Json>((value) => isPlainJson(value), notJson);

/**
 * Rows here drop fields they do not know: another tab may run a newer version of this page. A file must hold nothing
 * that is not understood, or part of it would be lost in silence.
 */
export function shapes(object: typeof v.object) {
  /** Its scenario is checked where it is opened, by the layer that knows scenarios. */
  const recording = object({
    engine: word,
    scenario: v.pipe(
      v.looseObject({ version: v.number() }),
      v.check((value) => isPlain(value), notJson),
    ),
    seed: v.pipe(v.number(), v.integer()),
    inputs: v.array(
      object({
        time: instant,
        order: v.pipe(v.number(), v.integer()),
        action: v.pipe(
          v.looseObject({ class: word, name: word, target: word }),
          v.check((value) => isPlain(value), notJson),
        ),
      }),
    ),
  });
  const done = doneShapes(object);
  const attempt = object({
    slug: word,
    step: word,
    startedAt: instant,
    changedAt: instant,
    ...done,
    goalShown: v.boolean(),
    goalFixed: v.boolean(),
    transferred: v.boolean(),
    solutionSeen: v.array(ab),
    recordings: v.array(
      object({ id: word, recording, forkedAt: v.nullable(instant), parent: v.nullable(word) }),
    ),
    currentRecording: v.nullable(word),
    time: instant,
    flow: json,
  });
  const savedRecording = object({ id: word, name: word, savedAt: instant, recording, time: instant });
  return { attempt, savedRecording, marks, settings };
}

/** Bets, reports, answers, hints and verdicts of an attempt. */
function doneShapes(object: typeof v.object) {
  const stage = v.pipe(v.number(), v.integer(), v.minValue(0));
  return {
    bets: v.array(object({ id: word, option: v.nullable(word), confidence, at: instant })),
    observations: v.array(object({ id: word, option: word, right: v.boolean(), at: instant })),
    answers: v.array(
      object({ id: word, option: word, confidence, right: v.nullable(v.boolean()), at: instant }),
    ),
    hintsOpened: v.array(object({ goal: ab, stage, at: instant })),
    judged: v.array(
      object({
        goal: v.picklist(['a', 'b', 'transfer']),
        verdict: v.picklist(['shown', 'unknown', 'violated']),
        proved: v.boolean(),
        recording: v.nullable(word),
        at: instant,
      }),
    ),
  };
}

const marks = v.record(word, instant);
const settings = v.record(word, json);
const { attempt, savedRecording } = shapes(v.object);

/** null when the row makes no sense. */
export const readAttempt = reader<Attempt>(attempt);
export const readMarks = reader<Readonly<Record<string, number>>>(marks);
export const readRecording = reader<SavedRecording>(savedRecording);
export const readSettings = reader<Readonly<Record<string, Json>>>(settings);

// A schema's output has mutable arrays and looser scenarios; the types of this layer are the stricter reading of it.
function reader<Row>(schema: v.GenericSchema): (value: unknown) => Row | null {
  return (value) => {
    const result = v.safeParse(schema, value);
    return result.success ? (result.output as Row) : null;
  };
}

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
  return Object.entries(value).every(([key, item]) => !isHostile(key) && isPlain(item, depth + 1));
}
