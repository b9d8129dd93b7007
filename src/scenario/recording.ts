/**
 * What is shared of a run: text for an address (a link) or a file of its own. A link is its format's version, one
 * digit, and packed JSON. A run of a lesson leaves the scenario to the lesson; any other run brings its own.
 */
import * as v from 'valibot';
import { BadContent } from './bad-content';
import { isRecord, linkFormat, migrated, runFileFormat, versionOf } from './migrate';
import { packed, unpacked, unpackedBytesMax } from './packing';
import { checkPlain, isHostile, parseJson } from './plain';
import type { ActionClass, Input, Recording } from './scenario';
import { parse, parseInputs, parseRecording } from './validate';

/** Longer links are broken by mail programs and chats; offer a file instead. */
export const linkCharactersMax = 6_000;

/** An instant of a run, as somebody saw it. */
export interface Instant {
  /** Microseconds. */
  readonly time: number;
  /** Id of the fact whose event had just been shown; null: everything of that time had happened. */
  readonly fact: number | null;
  /** An address, or the number of a message; null: nothing was selected. */
  readonly selection: string | number | null;
  /** Short hash of the history up to `time`; null in links of version 1. */
  readonly hash: string | null;
}

/** A run that brings its scenario. */
export interface Moment extends Instant {
  readonly recording: Recording;
}

/** A run of a lesson: which of its runs, and what was done in it. */
export interface LessonMoment extends Instant {
  readonly lesson: { readonly slug: string; readonly run: string };
  readonly engine: string;
  readonly seed: number;
  readonly inputs: readonly Input[];
}

export type Shared = Moment | LessonMoment;

export function isOfLesson(shared: Shared): shared is LessonMoment {
  return 'lesson' in shared;
}

/** How much of a history hash a link carries: enough to notice any difference, short enough for a QR code. */
export function shortHash(hash: string): string {
  return hash.slice(0, 8);
}

/** The text after `s=` in an address. May be longer than linkCharactersMax; the caller then offers a file. */
export async function toLink(shared: Shared): Promise<string> {
  const told = isOfLesson(shared) ? lessonRow(shared) : shared;
  return String(versionOf(linkFormat)) + (await packed(JSON.stringify(told)));
}

/** Throws BadContent. Nothing of a link that has anything wrong is opened. */
export async function fromLink(link: string): Promise<Shared> {
  if (!/^[1-9]/.test(link)) throw new BadContent('notOurs', 'This is no link to a run.');
  const version = Number(link[0]);
  if (version > versionOf(linkFormat)) migrated(linkFormat, version, null);
  const data = parseJson(await unpacked(link.slice(1)));
  checkPlain(data);
  if (version > 1 && Array.isArray(data)) return fromLessonRow(data);
  return momentOf(migrated(linkFormat, version, data));
}

/** A file that holds one run at one instant. */
export function toRunFile(moment: Moment): string {
  return JSON.stringify({
    product: 'at-least-once',
    holds: 'run',
    version: versionOf(runFileFormat),
    ...moment,
  });
}

/** Whether parsed JSON claims to be a run's file, and not everything a person has. */
export function isRunFile(data: unknown): boolean {
  return isRecord(data) && data['product'] === 'at-least-once' && data['holds'] === 'run';
}

/** A run's file, or a bare recording as the command line and reports of mistakes write it. Throws BadContent. */
export function fromRunFile(text: string): Moment {
  if (text.length > unpackedBytesMax) {
    throw new BadContent(
      'tooBig',
      `This file is larger than a recording can be (${unpackedBytesMax / 1e6} MB).`,
    );
  }
  const data = parseJson(text);
  checkPlain(data);
  if (!isRunFile(data)) return { recording: parseRecording(data), ...atStart };
  const { product: _product, holds: _holds, version, ...moment } = data as Record<string, unknown>;
  return momentOf(migrated(runFileFormat, version, moment));
}

const atStart: Instant = { time: 0, fact: null, selection: null, hash: null };

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e15));
const hash = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{1,16}$/)));
const address = v.pipe(v.string(), v.maxLength(200));
const instant = {
  time: count,
  fact: v.nullable(count),
  selection: v.nullable(v.union([count, address])),
  hash,
};
const momentShape = v.strictObject({ recording: v.unknown(), ...instant });

function momentOf(data: unknown): Moment {
  if (!isRecord(data)) throw new BadContent('notValid', 'This holds no run.');
  const { recording, ...at } = parse(momentShape, data);
  return { recording: parseRecording(recording), ...checked(at) };
}

/** Names of things are looked up by their addresses, so these must be harmless too. */
function checked<At extends Instant>(at: At): At {
  if (typeof at.selection === 'string' && at.selection.split('/').some(isHostile)) {
    throw new BadContent('hostileName', 'is no name', 'selection');
  }
  return at;
}

const classes: readonly ActionClass[] = ['design', 'operation', 'fault', 'workload'];

/**
 * A lesson's moment as a row without names, so that the link stays short:
 * [engine, hash, time, fact, selection, slug, run, seed, [[time, class, name, target, options], …]].
 */
function lessonRow({ lesson, engine, seed, inputs, ...at }: LessonMoment): unknown[] {
  const done = inOrder(inputs).map(({ time, action: { class: kind, name, target, options } }) => {
    const row = [time, classes.indexOf(kind), name, target];
    return Object.keys(options).length > 0 ? [...row, options] : row;
  });
  return [engine, at.hash, at.time, at.fact, at.selection, lesson.slug, lesson.run, seed, done];
}

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(50), v.regex(/^[a-z0-9.-]+$/));
const inputRow = v.union([
  v.strictTuple([v.unknown(), v.unknown(), v.unknown(), v.unknown()]),
  v.strictTuple([v.unknown(), v.unknown(), v.unknown(), v.unknown(), v.unknown()]),
]);
const row = v.strictTuple([
  word, instant.hash, instant.time, instant.fact, instant.selection, word, word,
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  v.array(inputRow),
]); // prettier-ignore

function fromLessonRow(data: readonly unknown[]): LessonMoment {
  const [engine, ofHistory, time, fact, selection, slug, run, seed, done] = parse(row, data);
  const inputs = parseInputs(
    done.map(([at, kind, name, target, options = {}], order) => ({
      time: at,
      order,
      action: { class: classes[kind as number], name, target, options },
    })),
  );
  const at = checked({ time, fact, selection, hash: ofHistory });
  return { lesson: { slug, run }, engine, seed, inputs, ...at };
}

/** As they are played. */
function inOrder(inputs: readonly Input[]): readonly Input[] {
  return [...inputs].sort((a, b) => a.time - b.time || a.order - b.order);
}
