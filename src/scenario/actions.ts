import { factType } from '../kernel/fact';
import type { Tagged } from '../kernel/machine';
import type { World } from '../kernel/world';
import { faults } from './registry';
import type { Action, Scenario, ServiceSpec } from './scenario';

const Changed = factType('changed', 'KnobTurned');

type Options = Action['options'];

/** An operation that tells parts of services something: which parts, and what. */
interface Operation {
  /** Kinds of part that are told. */
  readonly kinds: readonly string[];
  command(options: Options): Tagged;
  /** A knob's turn is worth a fact of its own; others show by what they cause. */
  readonly fact: boolean;
}

const operations: Readonly<Record<string, Operation>> = {
  seek: {
    kinds: ['kafka.consumer'],
    command: ({ topic, partition, offset }) => ({ type: 'Seek', topic, partition, offset }) as Tagged,
    // A consumer carries it out before it fetches again: until then this is all there is to see.
    fact: true,
  },
  pause: { kinds: ['kafka.consumer'], command: () => ({ type: 'Pause' }), fact: true },
  resume: { kinds: ['kafka.consumer'], command: () => ({ type: 'Resume' }), fact: true },
  stop: { kinds: ['kafka.consumer'], command: () => ({ type: 'Stop' }), fact: true },
  rate: {
    kinds: ['producer'],
    command: ({ ratePerSecond }) => ({ type: 'SetRate', ratePerSecond }) as Tagged,
    fact: true,
  },
  publish: {
    kinds: ['producer'],
    command: (options) => ({ type: 'PublishNow', ...options }),
    fact: true,
  },
  wipe: { kinds: ['store'], command: () => ({ type: 'WipeStore' }), fact: false },
};

/** Names an action may have, for validation. */
export function actionNames(): string[] {
  return [...Object.keys(operations), ...faults.keys()];
}

/** Carries out an action when its input is due. An action on something that does not exist does nothing. */
export function perform(world: World, action: Action, scenario: Scenario): void {
  const fault = faults.get(action.name);
  if (fault) {
    for (const process of processesOf(scenario, action.target)) fault.apply(world, process, action.options);
    return;
  }
  const operation = operations[action.name];
  if (!operation) return;
  const command = operation.command(action.options);
  if (operation.fact) world.emit({ is: Changed, subject: action.target, detail: describe(action) });
  for (const service of targetsOf(scenario, action.target)) {
    for (const { kind, name } of service.parts) {
      if (operation.kinds.includes(kind)) world.command(`${service.name}/${name ?? kind}`, command);
    }
  }
}

/** Faults hit processes: a broker, or the services a target stands for. */
function processesOf(scenario: Scenario, target: string): readonly string[] {
  if (scenario.brokers.some(({ name }) => name === target)) return [target];
  return targetsOf(scenario, target).map(({ name }) => name);
}

/** A target is a service, a role, or a consumer group. */
export function targetsOf(scenario: Scenario, target: string): readonly ServiceSpec[] {
  const named = scenario.services.filter(({ name }) => name === target);
  if (named.length > 0) return named;
  const inRole = scenario.services.filter(({ role }) => role === target);
  if (inRole.length > 0) return inRole;
  return scenario.services.filter(({ parts }) =>
    parts.some(({ options }) => options?.['groupId'] === target),
  );
}

function describe({ name, options }: Action): string {
  const values = Object.keys(options)
    .sort()
    .map((key) => `${key} ${String(options[key])}`);
  return [name, ...values].join(' ');
}
