/** What lesson 4's runs do, played without a page: journeys ask it for answers instead of knowing numbers. */
import { lesson } from '../../lessons/02-three-brokers/04-kafka-log/lesson';
import { firstAfter } from '../../src/course/observe';
import { startOf } from '../../src/course/runs';
import { ms } from '../../src/kernel/time';
import { createLocalHost } from '../../src/scenario/local-host';
import { engine } from '../../src/scenario/engine';
import type { Inspection } from '../../src/scenario/host';
import { fromLink, isOfLesson, shortHash } from '../../src/scenario/recording';
import type { Action } from '../../src/scenario/scenario';

/** The offset that cache reads first after its pause. */
export async function firstOffset(): Promise<number> {
  const { observation, observeAtMs, seed } = lesson;
  if (observation.kind !== 'position') throw new Error('The lesson asks for something else now.');
  const host = await createLocalHost(startOf(lesson, 'base', { engine, seed }).recording);
  try {
    await host.viewAt(ms(observeAtMs), { cells: 0, rows: 0, lanes: {} });
    const facts = (await host.facts({})).filter(({ time }) => time <= ms(observeAtMs));
    const { services } = lesson.scenario;
    const first = firstAfter(observation, facts, {
      roleOf: (process) => services.find(({ name }) => name === process)?.role ?? '',
      bodyOf: () => {
        throw new RangeError('The question is not about bodies.');
      },
    });
    return first!.position;
  } finally {
    host.dispose();
  }
}

/** Objects of the lesson's first run as it stands then, with what a person did to it until then. */
export async function inspectedAt(
  addresses: readonly string[],
  atMs: number,
  done: readonly { readonly atMs: number; readonly action: Action }[] = [],
): Promise<readonly Inspection[]> {
  const { recording } = startOf(lesson, 'base', { engine, seed: lesson.seed });
  const inputs = done.map((one, order) => ({ time: ms(one.atMs), order, action: one.action }));
  const host = await createLocalHost({ ...recording, inputs });
  try {
    return await Promise.all(addresses.map((address) => host.inspect(address, ms(atMs))));
  } finally {
    host.dispose();
  }
}

/** The short hash of the history that a link opens, of no lesson or of this one's first run. */
export async function hashOfLink(link: string): Promise<string> {
  const shared = await fromLink(link);
  const recording = isOfLesson(shared)
    ? { ...startOf(lesson, 'base', shared).recording, inputs: shared.inputs }
    : shared.recording;
  const host = await createLocalHost(recording);
  try {
    return shortHash(await host.hash(shared.time));
  } finally {
    host.dispose();
  }
}
