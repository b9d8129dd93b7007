/** One file, and one link, for each way in which they can be bad: made from good ones. */
import { readFileSync } from 'node:fs';
import type { ContentProblem } from '../../src/scenario/bad-content';
import { packed } from '../../src/scenario/packing';

const golden = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as unknown;

/** A good file with one thing changed. */
function edited(name: string, edit: (content: any) => void): string {
  const content: unknown = golden(name);
  edit(content);
  return JSON.stringify(content);
}

const run = (edit: (recording: any, moment: any) => void) =>
  edited('run-1.json', (file) => edit(file.recording, file));
const everything = (edit: (archive: any) => void) => edited('archive-1.json', edit);

export const badFiles: readonly (readonly [what: string, problem: ContentProblem, text: string])[] = [
  ['of somebody else', 'notOurs', '{"product":"something else"}'],
  ['that is empty', 'notJson', ''],
  ['that is a picture', 'notJson', '\u0089PNG\r\n\u001a\n\u0000\u0000'],
  ['that was cut short', 'notJson', everything(() => {}).slice(0, 1500)],
  ['larger than any', 'tooBig', ' '.repeat(50_000_001)],
  ['of a newer version', 'newer', everything((archive) => (archive.version = 2))],
  ['with a run of a newer version', 'newer', run((_, moment) => (moment.version = 2))],
  ['with a hostile name', 'hostileName', everything(({ progress }) => (progress[0].slug = 'constructor'))],
  [
    'with a hostile key',
    'hostileName',
    everything(() => {}).replace('"marks":{', '"marks":{"__proto__":{"polluted":1},'),
  ],
  [
    'nested without end',
    'tooDeep',
    everything(({ progress }) => {
      progress[0].attempt.flow = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`) as unknown;
    }),
  ],
  [
    'with an unknown broker',
    'unknown',
    everything(({ recordings }) => (recordings[0].recording.scenario.brokers[0].kind = 'pigeon')),
  ],
  ['with a field that is nobody’s', 'unknown', everything(({ progress }) => (progress[0].mood = 'good'))],
  ['with a number beyond all bounds', 'absurd', run(({ inputs }) => (inputs[0].time = 1e300))],
  ['in which something is missing', 'notValid', everything((archive) => delete archive.progress[0].marks)],
  ['that says one thing twice', 'notValid', everything(({ progress }) => progress.push(progress[0]))],
  [
    'of which no run can be made',
    'cannotRun',
    run(({ scenario }) => (scenario.services[0].parts[0].options.broker = 'nobody')),
  ],
  [
    'with everything, and among it a run that cannot begin',
    'cannotRun',
    everything(({ progress }) => {
      progress[0].attempt.recordings[0].recording.scenario.services[0].parts[1].options.ratePerSecond = 'x';
    }),
  ],
  ['with a run that never gets there', 'tooHeavy', run((_, moment) => (moment.time = 9e14))],
];

/** The text after `s=`. */
export async function badLinks(): Promise<readonly (readonly [problem: ContentProblem, link: string])[]> {
  const [{ link }] = golden('link-2.json').links as { link: string }[];
  return [
    ['notOurs', 'x'],
    ['characters', `${link.slice(0, 40)}!${link.slice(41)}`],
    ['damaged', link.slice(0, 60)],
    ['damaged', link.slice(0, 40) + (link[40] === 'A' ? 'B' : 'A') + link.slice(41)],
    ['tooBig', `2${'A'.repeat(200_001)}`],
    ['unpacksTooBig', `2${await packed(' '.repeat(100_000_000))}`],
    ['notJson', `2${await packed('{"recording":')}`],
    ['newer', `9${link.slice(1)}`],
    ['hostileName', `2${await packed('{"__proto__":{"polluted":1}}')}`],
    ['notValid', `2${await packed('{}')}`],
  ];
}

/** A good file whose run is called so. */
export function withNames(name: string): string {
  return everything(({ recordings }) => (recordings[0].name = name));
}

/** A good file whose attempt has this for the state of its lesson. */
export function withFlow(flow: unknown): string {
  return everything(({ progress }) => (progress[0].attempt.flow = flow));
}
