/** What is compared, as the address says it: "?trouble=slow&queue=fifo&seed=7&t=8200". What it does not say is as usual. */
import { ms, type Time } from '../../kernel/time';
import { setting, troubles, usual, type Workload } from './workload';

export interface Question {
  readonly workload: Workload;
  readonly queue: 'sqs' | 'fifo';
  /** Where to stand at first. */
  readonly time: Time;
}

/** The seed after this one; after the last comes the first. */
export function nextSeed(seed: number): number {
  return seed >= seedMax ? 0 : seed + 1;
}

const seedMax = 0xffffffff;

/** What makes no sense is left out: whoever mistypes sees the usual. */
export function asked(query: string): Question {
  const given = new URLSearchParams(query);
  const seed = numberIn(given, 'seed');
  const atMs = numberIn(given, 't');
  return {
    workload: {
      ...usual,
      trouble: troubles.find((one) => one === given.get('trouble')) ?? usual.trouble,
      seed: Number.isInteger(seed) && seed >= 0 && seed <= seedMax ? seed : usual.seed,
    },
    queue: given.get('queue') === 'fifo' ? 'fifo' : 'sqs',
    time: atMs >= 0 && atMs <= setting.endMs ? ms(atMs) : 0,
  };
}

/** NaN where it is not given, or is no number. */
function numberIn(given: URLSearchParams, name: string): number {
  const text = given.get(name) ?? '';
  return text.trim() === '' ? NaN : Number(text);
}

/** Back from `asked`, for an address. */
export function questionOf({ workload, queue, time }: Question): string {
  const { trouble, seed } = workload;
  const said = new URLSearchParams({ trouble, queue, seed: String(seed) });
  if (time > 0) said.set('t', String(Math.round(time / 1000)));
  return said.toString();
}
