/** A run that stands still: one hand-made instant, so that its objects can be looked at in their inspectors. */
import type { Address, Lane, Shape } from '../../kernel/shape';
import type { Inspection, RunHost, View } from '../../scenario/host';
import { transactionIn } from '../../scenario/inspect-cluster';
import type { Recording } from '../../scenario/scenario';

export function stillHost(view: View): RunHost {
  const soon =
    <Value>(value: Value) =>
    (): Promise<Value> =>
      Promise.resolve(value);
  const nothing = soon([]);
  const asked = soon(view);
  const host: RunHost = {
    frontier: soon(view.time),
    viewAt: asked,
    viewAtFact: asked,
    inspect: (target) =>
      Promise.resolve(
        typeof target === 'string'
          ? inspectionOf(target, view)
          : { of: 'nothing', address: String(target.message) },
      ),
    act: soon(undefined),
    fork: () => Promise.resolve(host),
    facts: nothing,
    nextFact: soon(null),
    previousFact: soon(null),
    marks: nothing,
    series: nothing,
    measure: nothing,
    bodies: nothing,
    recording: soon(recording(view)),
    inputs: nothing,
    hash: soon(''),
    dispose: () => {},
  };
  return host;
}

function inspectionOf(address: Address, { shapes }: View): Inspection {
  const shape = shapes.find((one) => one.address === address);
  switch (shape?.shape) {
    case 'lane':
      return { of: 'lane', lane: shape, nextExpiry: null };
    case 'group':
      return { of: 'group', group: shape, progress: { settled: 0, arrived: 0, over: 1 } };
    case 'transaction':
      return transactionIn(shape, shapes);
    default:
      return { of: 'nothing', address };
  }
}

function recording({ shapes, time }: View): Recording {
  const topics = shapes.filter((shape: Shape): shape is Lane => shape.shape === 'lane');
  return {
    engine: '',
    scenario: {
      ...{
        version: 1,
        name: 'still',
        latencyMs: { kind: 'uniform', minMs: 1, maxMs: 1 },
        links: [],
        services: [],
      },
      brokers: [
        { name: 'kafka', kind: 'kafka', topics: topics.map(({ place }) => ({ name: place, partitions: 1 })) },
      ],
      ...{ schedule: [], endMs: time / 1000 },
    },
    seed: 1,
    inputs: [],
  };
}
