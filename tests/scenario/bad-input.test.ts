/**
 * Links and files as a careless program, a broken disk or a malicious person would make them. Whatever comes in: it
 * opens whole, or it is refused with its own reason; nothing crashes, hangs, or leaks into a prototype.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { withScenario } from '../../src/course/shared';
import { BadContent } from '../../src/scenario/bad-content';
import { packed } from '../../src/scenario/packing';
import { fromLink, fromRunFile, toLink, toRunFile, type LessonMoment } from '../../src/scenario/recording';
import { tryOut } from '../../src/scenario/trial';
import { parseArchive } from '../../src/storage/archive';
import { faultyRecording } from '../helpers/recordings';

/** Of each of the four kinds. */
const runs = process.env['LONG'] ? 25_000 : 2_500;
/** Nothing may take more work. In processor time: a machine shared with others stalls for seconds. */
const hangMs = 2000;
/** Enough to build a world and let it begin. */
const trial = { eventsMax: 100 };

const moment = {
  recording: faultyRecording(),
  time: 300_000,
  fact: null,
  selection: 'kafka',
  hash: '0123abcd',
};
const ofLesson: LessonMoment = {
  lesson: { slug: 'kafka-log', run: 'base' },
  engine: '0.1.0',
  seed: 4,
  inputs: faultyRecording().inputs,
  time: 300_000,
  fact: 3,
  selection: 2,
  hash: '0123abcd',
};
const archive: unknown = JSON.parse(
  readFileSync(new URL('../golden/archive-1.json', import.meta.url), 'utf8'),
);

/** Values that programs trip over. */
const odd: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null, true, '', 'x', -1, 0, 0.5, 1e9, 1e308, -1e308, Number.MAX_SAFE_INTEGER + 2, 4294967296,
  '__proto__', 'constructor', 'prototype', 'toString', '<img src=x onerror=alert(1)>', 'javascript:alert(1)',
  '\u0000', '\ud800', '../../etc/passwd', 'x'.repeat(20_000), [], {}, [[[[[[[[]]]]]]]],
  JSON.parse('{"__proto__":{"polluted":true}}'), { constructor: { prototype: { polluted: true } } },
); // prettier-ignore
const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'extra',
  '',
  '0',
  'length',
  'then',
);

interface Change {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'double' | 'add' | 'swap' | 'scale';
  readonly value: unknown;
  readonly key: string;
  readonly factor: number;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'double', 'add', 'swap', 'scale'),
  value: odd,
  key: hostileKey,
  factor: fc.constantFrom(-1, 0, 0.5, 1e3, 1e12),
});

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

function placesIn(root: unknown): Place[] {
  const places: Place[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const key of Object.keys(next)) {
      places.push({ holder: next as Record<string, unknown>, key });
      open.push((next as Record<string, unknown>)[key]);
    }
  }
  return places;
}

function set(holder: object, key: string, value: unknown): void {
  // An array's length is no property one may define.
  if (Array.isArray(holder) && key === 'length') return;
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** As splice does, also of an array that was given a constructor. */
function removeAt(list: unknown[], index: number): void {
  for (let at = index; at < list.length - 1; at++) list[at] = list[at + 1];
  list.pop();
}

/** The same data with a few things changed, as JSON. */
function mutated(data: unknown, changes: readonly Change[]): string {
  const root = { data: structuredClone(data) };
  for (const { at, how, value, key, factor } of changes) {
    const places = placesIn(root);
    if (places.length === 0) break;
    const { holder, key: here } = places[at % places.length];
    const other = places[(at * 7 + 3) % places.length];
    const now = holder[here];
    if (how === 'replace') set(holder, here, structuredClone(value));
    else if (how === 'remove' && Array.isArray(holder)) removeAt(holder, Number(here));
    else if (how === 'remove') delete holder[here];
    else if (how === 'double' && Array.isArray(now)) now.push(...(structuredClone(now) as unknown[]));
    else if (how === 'add' && typeof now === 'object' && now !== null) set(now, key, structuredClone(value));
    else if (how === 'swap') set(holder, here, structuredClone(other.holder[other.key]));
    else if (how === 'scale' && typeof now === 'number') set(holder, here, now * factor);
  }
  return JSON.stringify(root.data) ?? 'null';
}

const tally = new Map<string, number>();

/** Opens it the way the page does. Anything but a whole run or BadContent fails the test. */
async function opens(open: () => unknown): Promise<void> {
  const began = process.cpuUsage();
  let outcome = 'opened';
  try {
    await open();
  } catch (error) {
    if (!(error instanceof BadContent)) throw error;
    outcome = error.problem;
    expect(error.message.length).toBeLessThan(25_000);
  }
  tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(hangMs);
}

afterEach(() => {
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect((Object as { polluted?: unknown }).polluted).toBeUndefined();
});

const check = (property: fc.IAsyncProperty<any>) => fc.assert(property, { numRuns: runs });
const few = fc.array(change, { minLength: 1, maxLength: 3 });

const openLink = (link: string) => async (): Promise<void> => {
  const opened = await withScenario(await fromLink(link));
  await tryOut(opened.recording, { ...opened, time: Math.min(opened.time, 300_000) }, trial);
};

test('links whose letters were changed', async () => {
  const links = await Promise.all([toLink(moment), toLink(ofLesson)]);
  const letters = fc.string({ maxLength: 4, unit: fc.constantFrom(...'AZaz09-_=%./\u0000é') });
  const cut = fc.record({
    which: fc.nat(1),
    from: fc.nat(),
    length: fc.nat(20),
    letters,
    tail: fc.boolean(),
  });
  await check(
    fc.asyncProperty(cut, async ({ which, from, length, letters: instead, tail }) => {
      const link = links[which];
      const start = from % (link.length + 1);
      await opens(openLink(link.slice(0, start) + instead + (tail ? link.slice(start + length) : '')));
    }),
  );
});

test('links in good order that hold something else', async () => {
  const row: unknown = JSON.parse(await insideOf(await toLink(ofLesson)));
  await check(
    fc.asyncProperty(
      fc.constantFrom<unknown>(moment, row),
      few,
      fc.constantFrom('1', '2'),
      async (data, changes, version) => {
        await opens(openLink(version + (await packed(mutated(data, changes)))));
      },
    ),
  );
});

test('files with a run', async () => {
  const file: unknown = JSON.parse(toRunFile(moment));
  await check(
    fc.asyncProperty(few, async (changes) => {
      await opens(async () => {
        const opened = fromRunFile(mutated(file, changes));
        await tryOut(opened.recording, { ...opened, time: Math.min(opened.time, 300_000) }, trial);
      });
    }),
  );
});

test('files with everything', async () => {
  await check(
    fc.asyncProperty(few, fc.option(fc.nat(), { freq: 4 }), async (changes, cut) => {
      const text = mutated(archive, changes);
      await opens(() => void parseArchive(cut === null ? text : text.slice(0, cut % text.length)));
    }),
  );
});

test('among them were runs that open and every reason not to', () => {
  for (const outcome of [
    'opened',
    'damaged',
    'characters',
    'notValid',
    'hostileName',
    'unknown',
    'absurd',
    'cannotRun',
    'notJson',
  ])
    expect(tally.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
});

async function insideOf(link: string): Promise<string> {
  const { unpacked } = await import('../../src/scenario/packing');
  return unpacked(link.slice(1));
}
