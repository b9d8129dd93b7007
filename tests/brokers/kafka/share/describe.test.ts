import { expect, test } from 'vitest';
import { part } from '../../../../src/brokers/kafka/broker';
import type { Group, Lane } from '../../../../src/kernel/shape';
import { LoneBroker } from '../lone-broker';
import { produce } from '../requests';

const look = {
  ...{ now: 0, cells: 10, laneEnd: () => null },
  face: (message: number) => ({
    message,
    domain: 'order' as const,
    label: String(message),
    key: null,
    version: 1,
  }),
};

test('a lane shows what a share group holds of its records, and from where to where', () => {
  const broker = new LoneBroker();
  broker.ask({
    ...{ type: 'IncrementalAlterConfigsRequest' },
    groups: [{ groupId: 'tills', configs: { 'share.auto.offset.reset': 'earliest' } }],
  });
  broker.send(produce([1, 2, 3]));
  broker.ask({
    ...{ type: 'ShareGroupHeartbeatRequest', clientId: 'a', groupId: 'tills', memberId: 'a', memberEpoch: 0 },
    subscribedTopicNames: ['orders'],
  });
  const fetch = {
    ...({ type: 'ShareFetchRequest', groupId: 'tills', memberId: 'a', maxWaitMs: 0, minBytes: 1 } as const),
    ...({
      maxBytes: 1_000_000,
      maxRecords: 500,
      shareAcquireMode: 0,
      isRenewAck: false,
      forgottenTopics: [],
    } as const),
  };
  const at = (
    acknowledgementBatches: { firstOffset: number; lastOffset: number; acknowledgeTypes: number[] }[],
  ) => [{ topic: 'orders', partitions: [{ partitionIndex: 0, acknowledgementBatches }] }];
  broker.ask({ ...fetch, shareSessionEpoch: 0, topics: at([]) });
  const accepted = [{ firstOffset: 0, lastOffset: 1, acknowledgeTypes: [2, 1] }];
  broker.ask({ ...fetch, shareSessionEpoch: 1, maxRecords: 0, topics: at(accepted) });

  const { shapes = [] } = part.describe!(broker.state, look as never);
  const lane = shapes.find((shape): shape is Lane => shape.shape === 'lane')!;
  expect(
    lane.cells.map(({ shared }) => shared?.map(({ deliveries, is, process }) => [is, deliveries, process])),
  ).toEqual([[['available', 1, null]], [['acknowledged', 1, null]], [['acquired', 1, 'client-1']]]);
  expect(lane.cells[2].shared![0].until).toBe(30_000_000);
  expect(lane.pointers).toMatchObject([
    { group: 'tills', committed: 0, lag: 3, shareWindow: { from: 0, to: 3 } },
  ]);
  const group = shapes.find((shape): shape is Group => shape.shape === 'group')!;
  expect(group).toMatchObject({ type: 'share', protocol: 'simple', generation: 2, lag: 3 });
});
