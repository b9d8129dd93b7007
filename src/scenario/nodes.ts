import { invariant } from '../kernel/invariant';
import type { AnyMachine } from '../kernel/machine';
import type { ProcessSetup } from '../kernel/process';
import type { BrokerSpec } from './scenario';

/** What a broker of several nodes has as its first process, where it has one: the part "<kind>.controller". */
const controller = 'controller';

/**
 * Processes of a broker: one of its name; or, of a cluster, "<name>-1", "<name>-2", … and a controller beside them, where
 * its kind has one. `machineOf` finds a part's machine by its kind.
 */
export function processesOfBroker(
  broker: BrokerSpec,
  machineOf: (kind: string) => AnyMachine | undefined,
): ProcessSetup[] {
  const { name, kind } = broker;
  const nodes = nodeCount(broker);
  const machine = machineOf(`${kind}.broker`);
  invariant(machine, `broker kind "${kind}" is loaded`);
  if (nodes === 1) return [processOf(name, 'broker', machine, broker)];
  const nodeProcesses = Array.from({ length: nodes }, (_, index) =>
    processOf(`${name}-${index + 1}`, 'broker', machine, { ...broker, node: index + 1 }),
  );
  const leading = machineOf(`${kind}.${controller}`);
  return leading
    ? [processOf(`${name}-${controller}`, controller, leading, broker), ...nodeProcesses]
    : nodeProcesses;
}

/** Names of a broker's processes, without its controller. */
export function nodeNames(broker: BrokerSpec): readonly string[] {
  const nodes = nodeCount(broker);
  return nodes === 1
    ? [broker.name]
    : Array.from({ length: nodes }, (_, index) => `${broker.name}-${index + 1}`);
}

/** One, where there are no nodes to speak of. */
export function nodeCount(broker: BrokerSpec): number {
  return 'nodes' in broker ? (broker.nodes ?? 1) : 1;
}

/** All of its processes. */
export function processNames(broker: BrokerSpec): readonly string[] {
  const names = nodeNames(broker);
  return names.length === 1 || broker.kind !== 'kafka' ? names : [`${broker.name}-${controller}`, ...names];
}

function processOf(name: string, part: string, machine: AnyMachine, options: unknown): ProcessSetup {
  return { name, restartAfter: null, parts: [{ name: part, machine, options }] };
}
