/** A share group at work on one partition; one of its members is lost with a record in its hands. */
import type { Scenario, ServiceSpec } from '../../scenario/scenario';
import { fault, type StripRun } from './strip-run';

export function shareRun(): StripRun {
  return {
    scenario: parcels(),
    inputs: [{ atMs: 9000, action: fault('crash', 'packer-b') }],
    instants: [
      { name: 'shared', atMs: 8000 },
      { name: 'crashed', atMs: 9005 },
      { name: 'released', atMs: 9100 },
      { name: 'again', atMs: 9500 },
      { name: 'settled', atMs: 11_000 },
    ],
    told: ['RecordsAcquired', 'RecordAcknowledged', 'RecordReleased', 'RecordArchived', 'ProcessCrashed'],
  };
}

function parcels(): Scenario {
  return {
    version: 1,
    name: 'parcels',
    latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
    links: [],
    brokers: [{ name: 'kafka', kind: 'kafka', topics: [{ name: 'parcels', partitions: 1 }] }],
    services: [
      {
        name: 'shop',
        role: 'shop',
        restartAfterMs: 1000,
        parts: [
          { kind: 'kafka.producer' },
          {
            kind: 'producer',
            options: { place: 'parcels', products: 'mug pen book tee cap lamp', ratePerSecond: 3, limit: 18, startAfterMs: 4000 },
          },
        ],
      },
      ...['packer-a', 'packer-b', 'packer-c'].map(packer),
      { name: 'shelf', role: 'shelf', restartAfterMs: null, parts: [{ kind: 'store' }] },
    ],
    schedule: [],
    endMs: 20_000,
  };
} // prettier-ignore

function packer(name: string): ServiceSpec {
  const options = {
    ...{ 'group.id': 'packer', topics: 'parcels', handler: 'projection' },
    ...{ 'max.poll.records': 2, 'share.acquire.mode': 'record_limit' },
  };
  return {
    name,
    role: 'packer',
    restartAfterMs: null,
    parts: [
      { kind: 'kafka-java.share-consumer', options },
      {
        kind: 'projection',
        options: { store: 'shelf', latencyMs: { kind: 'lognormal', medianMs: 700, sigma: 0.25 } },
      },
    ],
  };
}
