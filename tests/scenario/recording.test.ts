import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BadContent, type ContentProblem } from '../../src/scenario/bad-content';
import { packed } from '../../src/scenario/packing';
import {
  fromLink,
  fromRunFile,
  linkCharactersMax,
  toLink,
  toRunFile,
  type LessonMoment,
  type Moment,
} from '../../src/scenario/recording';
import { tryOut } from '../../src/scenario/trial';
import { action, at, faultyRecording, recordingOf, shopScenario } from '../helpers/recordings';

const moment: Moment = {
  recording: faultyRecording(),
  time: 12_345_678,
  fact: null,
  selection: 'kafka/shop-events/1',
  hash: '0123abcd',
};

const ofLesson: LessonMoment = {
  lesson: { slug: 'kafka-log', run: 'fix' },
  engine: '0.1.0',
  seed: 4,
  inputs: faultyRecording().inputs.map((input, order) => ({ ...input, order })),
  time: 30_000_000,
  fact: 812,
  selection: 17,
  hash: '0123abcd',
};

async function problemOf(opening: unknown): Promise<ContentProblem | 'none'> {
  try {
    await opening;
  } catch (error) {
    if (error instanceof BadContent) return error.problem;
    throw error;
  }
  return 'none';
}

/** A link in good order, with anything inside. */
const linkWith = async (data: unknown) => `2${await packed(JSON.stringify(data))}`;
const file = (edit: (data: any) => void): string => {
  const data = JSON.parse(toRunFile(moment));
  edit(data);
  return JSON.stringify(data);
};
const problemOfFile = (edit: (data: any) => void) =>
  problemOf((async () => tryOut(fromRunFile(file(edit)).recording, moment))());

describe('a moment', () => {
  test('survives a link, which stays short', async () => {
    const link = await toLink(moment);
    expect(await fromLink(link)).toEqual(moment);
    expect(link.length).toBeLessThan(linkCharactersMax / 3);
    expect(link).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  test('survives a file', () => {
    expect(fromRunFile(toRunFile(moment))).toEqual(moment);
  });

  test('of a lesson leaves the scenario to the lesson, so that it fits into a QR code', async () => {
    const link = await toLink(ofLesson);
    expect(await fromLink(link)).toEqual(ofLesson);
    expect(link.length).toBeLessThan(600);
  });

  test('may come as a bare recording, from its start', () => {
    const { recording } = moment;
    expect(fromRunFile(JSON.stringify(recording))).toMatchObject({ recording, time: 0, selection: null });
  });
});

describe('a broken link', () => {
  test('is refused, and says in which way it is broken', async () => {
    const link = await toLink(moment);
    const half = link.slice(0, link.length / 2);
    expect(await problemOf(fromLink(''))).toBe('notOurs');
    expect(await problemOf(fromLink('hello'))).toBe('notOurs');
    expect(await problemOf(fromLink('9abc'))).toBe('newer');
    expect(await problemOf(fromLink(half))).toBe('damaged');
    expect(await problemOf(fromLink(link.slice(0, 3)))).toBe('damaged');
    expect(await problemOf(fromLink('2%%%'))).toBe('characters');
    expect(await problemOf(fromLink(`2${'A'.repeat(300_000)}`))).toBe('tooBig');
    expect(await problemOf(fromLink(`2${await packed('{')}`))).toBe('notJson');
    expect(await problemOf(fromLink(await linkWith(7)))).toBe('notValid');
    expect(await problemOf(fromLink(await linkWith([])))).toBe('notValid');
  });

  test('that would unpack to a gigabyte is stopped at two megabytes', async () => {
    const bomb = deflateRawSync(Buffer.alloc(100_000_000), { level: 9 });
    const letters = Buffer.concat([Buffer.alloc(4), bomb]).toString('base64url');
    expect(letters.length).toBeLessThan(200_000);
    const before = process.cpuUsage();
    expect(await problemOf(fromLink(`2${letters}`))).toBe('unpacksTooBig');
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });

  test('with every letter changed in turn never opens as something else', async () => {
    const link = await toLink(ofLesson);
    for (let index = 0; index < link.length; index++) {
      const letter = link[index] === 'A' ? 'B' : 'A';
      expect(await problemOf(fromLink(link.slice(0, index) + letter + link.slice(index + 1)))).not.toBe(
        'none',
      );
    }
  });
});

describe('a file that is not to be trusted', () => {
  test('names the place of a mistake', () => {
    const broken = file(({ recording }) => (recording.scenario.brokers[0].kind = 'pigeon'));
    expect(() => fromRunFile(broken)).toThrow(/scenario\.brokers\.0\.kind/);
  });

  test.each<[ContentProblem, string, (data: any) => void]>([
    ['newer', 'a later scenario', ({ recording }) => (recording.scenario.version = 99)],
    ['newer', 'a later file', (data) => (data.version = 2)],
    ['notValid', 'no version', ({ recording }) => delete recording.scenario.version],
    ['unknown', 'an unknown broker', ({ recording }) => (recording.scenario.brokers[0].kind = 'pigeon')],
    ['unknown', 'an unknown part', ({ recording }) => (recording.scenario.services[0].parts[1].kind = 'coffee')],
    ['unknown', 'an unknown driver', ({ recording }) => (recording.scenario.services[0].parts[0].kind = 'x.y')],
    ['unknown', 'an unknown action', ({ recording }) => (recording.inputs[0].action.name = 'explode')],
    ['unknown', 'a field it does not know', ({ recording }) => (recording.scenario.colour = 'red')],
    ['notValid', 'two processes of one name', ({ recording }) =>
      recording.scenario.services.push(recording.scenario.services[0])],
    ['hostileName', 'a process called constructor', ({ recording }) =>
      (recording.scenario.services[0].name = 'constructor')],
    ['hostileName', 'an option called __proto__', ({ recording }) =>
      (recording.scenario.services[0].parts[0].options = JSON.parse('{"__proto__":{"polluted":1}}'))],
    ['hostileName', 'a selection that is a prototype', (data) => (data.selection = 'kafka/__proto__')],
    ['absurd', 'ten thousand partitions', ({ recording }) =>
      (recording.scenario.brokers[0].topics[0].partitions = 10_000)],
    ['absurd', 'a time beyond all bounds', ({ recording }) => (recording.scenario.endMs = 1e300)],
    ['absurd', 'a seed that is none', ({ recording }) => (recording.seed = -1)],
    ['cannotRun', 'an option of the wrong type', ({ recording }) =>
      (recording.scenario.services[1].parts[0].options.sessionTimeout = 'soon')],
  ])('%s: %s', async (problem, _what, edit) => {
    expect(await problemOfFile(edit)).toBe(problem);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  }); // prettier-ignore

  test('is told from JSON of somebody else, from no JSON, and from what is too deep or too big', async () => {
    expect(() => fromRunFile('{')).toThrow(/not JSON/);
    expect(() => fromRunFile('{}')).toThrow(BadContent);
    expect(() => fromRunFile('x'.repeat(3_000_000))).toThrow(/larger/);
    const deep = `{"engine":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(await problemOf((async () => fromRunFile(deep))())).toBe('tooDeep');
  });
});

describe('before a run from outside is opened', () => {
  test('its edits are tried', async () => {
    const edited = (option: string, value: string | number) =>
      recordingOf(shopScenario(), 4, [
        at(1000, action('design', 'set', 'search-a', { part: 'projection', option, value })),
      ]);
    const edit = (option: string, value: string | number) =>
      problemOf(tryOut(edited(option, value), { time: 0, fact: null }));
    expect(await edit('constructor', 1)).toBe('cannotRun');
    expect(await edit('latencyMs', 'slow')).toBe('cannotRun');
  });

  test('its moment must be near enough to get to', async () => {
    const busy = recordingOf({
      ...shopScenario(),
      services: shopScenario().services.map((service) =>
        service.name === 'shop'
          ? {
              ...service,
              parts: service.parts.map((part) =>
                part.kind === 'producer'
                  ? { ...part, options: { ...part.options, ratePerSecond: 1e12, limit: 1e12 } }
                  : part,
              ),
            }
          : service,
      ),
    });
    const before = process.cpuUsage();
    const opened = tryOut(busy, { time: 20_000_000, fact: null }, { eventsMax: 50_000 });
    expect(await problemOf(opened)).toBe('tooHeavy');
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
    const impatient = tryOut(busy, { time: 20_000_000, fact: null }, { goOn: () => false });
    expect(await problemOf(impatient)).toBe('tooHeavy');
  });

  test('its history is hashed, so that a difference can be told', async () => {
    const here = await tryOut(moment.recording, moment);
    expect(here.hash).toMatch(/^[0-9a-f]{8}$/);
    expect((await tryOut(faultyRecording(5), moment)).hash).not.toBe(here.hash);
    expect(await tryOut(moment.recording, { ...moment, fact: 1e9 })).toEqual({ ...here, fact: null });
  });
});
