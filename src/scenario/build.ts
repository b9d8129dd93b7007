import { latencyTable, type LatencyTable } from '../kernel/distribution';
import type { Bodies } from '../kernel/bodies';
import type { FactSink } from '../kernel/fact';
import { invariant } from '../kernel/invariant';
import { Kernel, type KernelInput } from '../kernel/kernel';
import type { ProcessSetup } from '../kernel/process';
import { ms } from '../kernel/time';
import { perform } from './actions';
import { processesOfBroker } from './nodes';
import type { Registry } from './registry';
import type { Action, Input, Recording, Scenario } from './scenario';

/** Scenario → Kernel: brokers first, then services, each in the order of the file. */
export function buildKernel(
  recording: Recording,
  registry: Registry,
  sink: FactSink | null,
  bodies?: Bodies,
): Kernel {
  const { scenario } = recording;
  const latencyOf = latencies(scenario);
  return new Kernel({
    seed: recording.seed,
    processes: [...brokerProcesses(scenario, registry), ...serviceProcesses(scenario, registry)],
    latency: latencyOf,
    act: (world, action) => perform(world, action as Action, scenario),
    inputs: inputsOf(scenario, recording.inputs),
    sink,
    ...(bodies ? { bodies } : {}),
  });
}

/** Schedule and inputs in one line: by time, the schedule before the person, then by order. */
export function inputsOf(scenario: Scenario, inputs: readonly Input[]): KernelInput[] {
  const scheduled = scenario.schedule.map(({ atMs, action }, order) => ({
    time: ms(atMs),
    source: 0,
    order,
    action,
  }));
  const made = inputs.map(({ time, order, action }) => ({ time, source: 1, order, action }));
  return [...scheduled, ...made]
    .sort((a, b) => a.time - b.time || a.source - b.source || a.order - b.order)
    .map(({ time, action }) => ({ time, action }));
}

function brokerProcesses(scenario: Scenario, registry: Registry): ProcessSetup[] {
  return scenario.brokers.flatMap((broker) =>
    processesOfBroker(broker, (kind) => registry.get(kind)?.machine),
  );
}

function serviceProcesses(scenario: Scenario, registry: Registry): ProcessSetup[] {
  return scenario.services.map((service) => ({
    name: service.name,
    restartAfter: service.restartAfterMs === null ? null : ms(service.restartAfterMs),
    parts: service.parts.map((spec) => {
      const part = registry.get(spec.kind);
      invariant(part, `part kind "${spec.kind}" is loaded`);
      return { name: spec.name ?? spec.kind, machine: part.machine, options: spec.options ?? {} };
    }),
  }));
}

function latencies(scenario: Scenario): (from: string, to: string) => LatencyTable {
  const usual = latencyTable(scenario.latencyMs);
  const listed = new Map(
    scenario.links.map((link) => [`${link.from} > ${link.to}`, latencyTable(link.latencyMs)]),
  );
  return (from, to) => listed.get(`${from} > ${to}`) ?? usual;
}
