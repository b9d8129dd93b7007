import { expect, test } from 'vitest';
import { parseRecording } from '../../src/scenario/validate';

const service = (name: string) => ({ name, role: 'mail', restartAfterMs: null, parts: [{ kind: 'mail' }] });

/** A run of three nodes with one service, and one topic of so many copies. */
function recording(serviceName: string, replicationFactor = 3, nodes = 3): unknown {
  const topics = [{ name: 'orders', partitions: 1, replicationFactor }];
  return {
    ...{ engine: '0.1.0', seed: 1, inputs: [] },
    scenario: {
      ...{ version: 1, name: 'three', latencyMs: 1, links: [], schedule: [], endMs: 1000 },
      brokers: [{ name: 'kafka', kind: 'kafka', topics, nodes }],
      services: [service(serviceName)],
    },
  };
}

test('a service may not be called like a node of a cluster, its controller or the cluster', () => {
  for (const name of ['kafka-3', 'kafka-controller', 'kafka'])
    expect(() => parseRecording(recording(name))).toThrow(`two processes are called "${name}"`);
  expect(() => parseRecording(recording('kafka-4'))).not.toThrow();
});

test('each copy needs a node, also where there is one', () => {
  expect(() => parseRecording(recording('mail', 4))).toThrow('kafka: 4 copies of "orders" need a node each');
  expect(() => parseRecording(recording('mail', 2, 1))).toThrow('2 copies of "orders" need a node each');
});
