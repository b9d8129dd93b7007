/** The options of a service at an instant: as the scenario gives them, else their defaults, and as knobs turned them. */
import { ms, type Time } from '../kernel/time';
import { designAction, editOf } from './design';
import type { OptionValue } from './host';
import type { Registry } from './registry';
import type { Action, Recording } from './scenario';
import { targetsOf } from './targets';

export function optionsOf(name: string, recording: Recording, registry: Registry, now: Time): OptionValue[] {
  const service = recording.scenario.services.find((one) => one.name === name);
  const turned = turnedBy(name, recording, now);
  return (service?.parts ?? []).flatMap(({ name: part, kind, options = {} }) =>
    (registry.get(kind)?.options ?? []).map((spec): OptionValue => {
      const given = plain(options[spec.name] ?? spec.default);
      // Only what needs nothing to take effect can be turned while the service runs; a design can always be edited.
      const byKnob = spec.takes === 'nothing' ? turned.get(spec.name) : undefined;
      const edited = turned.get(`${part ?? kind}.${spec.name}`) ?? turned.get(`${kind}.${spec.name}`);
      const value = edited ?? byKnob ?? given;
      const { unit, source } = spec;
      return { part: part ?? kind, name: spec.name, value, isDefault: value === spec.default, unit, source };
    }),
  );
}

/** What was done to a service up to now, by the option it names. */
function turnedBy(
  name: string,
  { scenario, inputs }: Recording,
  now: Time,
): Map<string, OptionValue['value']> {
  const scheduled = scenario.schedule.map(({ atMs, action }) => ({ time: ms(atMs), action }));
  const done = [...scheduled, ...inputs].filter(({ time }) => time <= now).sort((a, b) => a.time - b.time);
  const isMeant = ({ target }: Action) => targetsOf(scenario, target).some((one) => one.name === name);
  return new Map(done.flatMap(({ action }) => (isMeant(action) ? turnedIn(action) : [])));
}

/** Option and value; an edit of the design says the part, too: "consumer.latencyMs". */
function turnedIn(action: Action): [string, OptionValue['value']][] {
  if (action.name !== designAction) return Object.entries(action.options);
  const { part, option, value } = editOf(action);
  return [[`${part}.${option}`, value]];
}

/** "lognormal, medianMs 300, sigma 0.25": a value that is more than one word, in words. */
function plain(value: unknown): OptionValue['value'] {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value !== 'object' || value === null) return value as OptionValue['value'];
  return Object.entries(value)
    .map(([key, part]) => (key === 'kind' ? String(part) : `${key} ${String(part)}`))
    .join(', ');
}
