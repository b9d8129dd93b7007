/** Lines the stage writes beside objects, read from the scenario and what was done to it. */
import type { Input, Scenario } from '../../scenario/scenario';
import { actionsUntil } from '../../course/knobs';
import type { Address } from '../../kernel/shape';
import { words } from '../i18n';
import { learn } from '../words/learn.en';

const w = words({ en: learn });

/** "publishes 1 a second", by producer. `time` in microseconds. */
export function captionsOf(
  scenario: Scenario,
  inputs: readonly Input[],
  time: number,
): Readonly<Record<Address, string>> {
  const done = actionsUntil(scenario.schedule, inputs, time);
  const captions: Record<Address, string> = {};
  for (const { name, parts } of scenario.services) {
    const producer = parts.find(({ kind }) => kind === 'producer');
    if (!producer) continue;
    const turned = done.findLast(({ action }) => action.name === 'rate' && action.target === name);
    const rate = Number(turned?.action.options['ratePerSecond'] ?? producer.options?.['ratePerSecond'] ?? 1);
    captions[name] = w.captions.publishes(rate);
  }
  return captions;
}

/** Which group, else which process, writes a store. */
export function writersOf(scenario: Scenario): Readonly<Record<Address, string>> {
  const writers: Record<Address, string> = {};
  for (const { name, parts } of scenario.services) {
    const group = parts.map(({ options }) => options?.['groupId']).find((id) => typeof id === 'string');
    for (const { options } of parts) {
      const store = options?.['store'];
      if (typeof store === 'string') writers[store] = group ?? name;
    }
  }
  return writers;
}
