import { factType } from '../kernel/fact';
import type { Tagged } from '../kernel/machine';
import { ms } from '../kernel/time';
import type { World } from '../kernel/world';
import type { Question } from '../services/account-protocol';
import { faults } from './registry';
import { designAction, editedParts, editOf, noteAction } from './design';
import type { Action, Scenario } from './scenario';
import { nodeNames } from './nodes';
import { targetsOf } from './targets';

const Changed = factType('changed', 'KnobTurned');
const Designed = factType('changed', 'DesignChanged');

type Options = Action['options'];

/** An operation that tells parts of services something: which parts, and what. */
interface Operation {
  /** Kinds of part that are told. */
  readonly kinds: readonly string[];
  command(options: Options): Tagged;
  /** A knob's turn is worth a fact of its own; others show by what they cause. */
  readonly fact: boolean;
}

/** Drivers that read for a handler beside them. */
const consumers = ['kafka.consumer', 'kafka-java.consumer'];

const operations: Readonly<Record<string, Operation>> = {
  seek: {
    kinds: consumers,
    command: ({ topic, partition, offset }) => ({ type: 'Seek', topic, partition, offset }) as Tagged,
    // A consumer carries it out before it fetches again: until then this is all there is to see.
    fact: true,
  },
  pause: { kinds: consumers, command: () => ({ type: 'Pause' }), fact: true },
  resume: { kinds: consumers, command: () => ({ type: 'Resume' }), fact: true },
  stop: { kinds: consumers, command: () => ({ type: 'Stop' }), fact: true },
  rate: {
    kinds: ['producer', 'browser'],
    command: ({ ratePerSecond }) => ({ type: 'SetRate', ratePerSecond }) as Tagged,
    fact: true,
  },
  publish: {
    kinds: ['producer', 'browser'],
    command: (options) => ({ type: 'PublishNow', ...options }),
    fact: true,
  },
  slip: {
    kinds: ['teller'],
    command: ({ account, amount }) => ({ type: 'WriteSlip', account, amount }) as Tagged,
    fact: true,
  },
  cases: {
    kinds: ['teller'],
    command: ({ accounts }) => ({ type: 'OpenCases', accounts }) as Tagged,
    fact: false,
  },
  ask: {
    kinds: ['audit-desk'],
    command: ({ account, ...question }) => ({ type: 'Ask', account, question: asked(question) }) as Tagged,
    fact: false,
  },
  challenge: {
    kinds: ['audit-desk'],
    command: ({ account, ...question }) =>
      ({ type: 'Challenge', account, question: asked(question) }) as Tagged,
    fact: false,
  },
  name: {
    kinds: ['audit-desk'],
    command: ({ names, rests, shows }) => ({ type: 'NameCause', names, rests, shows }) as Tagged,
    fact: true,
  },
  wipe: { kinds: ['store'], command: () => ({ type: 'WipeStore' }), fact: false },
};

/** Names an action may have, for validation. */
export function actionNames(): string[] {
  return [...Object.keys(operations), designAction, noteAction, ...faults.keys()];
}

/** Carries out an action when its input is due. An action on something that does not exist does nothing. */
export function perform(world: World, action: Action, scenario: Scenario): void {
  const fault = faults.get(action.name);
  if (fault) {
    for (const process of processesOf(scenario, action.target)) fault.apply(world, process, action.options);
    return;
  }
  if (action.name === designAction || action.name === noteAction) return redesign(world, action, scenario);
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

/** An edit of the design shows in the running world at once; a proof plays it from the start (design.ts). */
function redesign(world: World, action: Action, scenario: Scenario): void {
  const edit = editOf(action);
  const subject = action.target;
  world.emit({ is: Designed, subject, detail: `${edit.part} ${edit.option} ${String(edit.value)}` });
  if (action.name === noteAction) return;
  for (const { service, part } of editedParts(scenario, action))
    world.configure(`${service.name}/${part.name ?? part.kind}`, { [edit.option]: edit.value });
}

/** A question as a machine takes it: times are microseconds there. */
function asked({ question, line, atMs, fee }: Options): Question {
  switch (question) {
    case 'after':
      return { kind: 'after', line: Number(line) };
    case 'at':
      return { kind: 'at', time: ms(Number(atMs)) };
    case 'rule':
      return { kind: 'rule', fee: Number(fee) };
    case 'how':
      return { kind: 'how' };
    default:
      return { kind: 'today' };
  }
}

/** Faults hit processes: a broker, or the services a target stands for. */
function processesOf(scenario: Scenario, target: string): readonly string[] {
  for (const broker of scenario.brokers) {
    const nodes = nodeNames(broker);
    if (broker.name === target) return nodes;
    if (nodes.includes(target)) return [target];
  }
  return targetsOf(scenario, target).map(({ name }) => name);
}

function describe({ name, options }: Action): string {
  const values = Object.keys(options)
    .sort()
    .map((key) => `${key} ${String(options[key])}`);
  return [name, ...values].join(' ');
}
