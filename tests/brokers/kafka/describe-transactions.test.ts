import { describe, expect, test } from 'vitest';
import { part } from '../../../src/brokers/kafka/broker';
import type {
  AddPartitionsToTxnRequest,
  InitProducerIdResponse,
  ProduceRequest,
} from '../../../src/brokers/kafka/protocol';
import type { Group, Lane, Transaction } from '../../../src/kernel/shape';
import { ms, seconds } from '../../../src/kernel/time';
import { LoneBroker, type Sent } from './lone-broker';
import { gather, idFor, join, produce } from './requests';

function shapes(broker: LoneBroker, cells = 100, end: number | null = null) {
  const { shapes = [] } = part.describe!(broker.state, {
    now: ms(broker.nowMs),
    cells,
    rows: 0,
    laneEnd: () => end,
    face: (message) => ({ message, domain: 'order', label: `m${message}`, key: null, version: 1 }),
  });
  return {
    lane: shapes.find((shape): shape is Lane => shape.shape === 'lane')!,
    groups: shapes.filter((shape): shape is Group => shape.shape === 'group'),
    transactions: shapes.filter((shape): shape is Transaction => shape.shape === 'transaction'),
  };
}

/** A producer with a transactional id, on a connection of its own. */
class Producer {
  private readonly ids: { readonly producerId: number; readonly producerEpoch: number };
  private sequence = 0;

  constructor(
    private readonly broker: LoneBroker,
    private readonly transactionalId: string,
    private readonly connection: number,
  ) {
    const { producerId, producerEpoch } = broker.ask<InitProducerIdResponse>(
      { type: 'InitProducerIdRequest', transactionalId, transactionTimeoutMs: 20_000 },
      connection,
    )!;
    this.ids = { producerId, producerEpoch };
  }

  begin(): void {
    const request: Sent<AddPartitionsToTxnRequest> = {
      type: 'AddPartitionsToTxnRequest',
      topics: [{ name: 'orders', partitions: [0] }],
      ...{ transactionalId: this.transactionalId, ...this.ids },
    };
    this.broker.ask(request, this.connection);
  }

  write(...messages: number[]): void {
    const plain = produce(messages);
    const batch = plain.topicData[0].partitionData[0].records;
    const records = { ...batch, ...this.ids, baseSequence: this.sequence, isTransactional: true } as const;
    this.sequence += messages.length;
    const request: Sent<ProduceRequest> = {
      ...plain,
      transactionalId: this.transactionalId,
      topicData: [{ name: 'orders', partitionData: [{ index: 0, records }] }],
    };
    this.broker.ask(request, this.connection);
  }

  end(committed: boolean): void {
    const { transactionalId } = this;
    this.broker.ask({ type: 'EndTxnRequest', transactionalId, committed, ...this.ids }, this.connection);
  }
}

describe('transactions in a lane', () => {
  test('nothing is said of them where there are none', () => {
    const broker = new LoneBroker();
    broker.ask(produce([0, 1]));
    const { lane, transactions } = shapes(broker);
    expect(Object.keys(lane)).not.toContain('lastStable');
    expect(Object.keys(lane)).not.toContain('markers');
    expect(lane.cells.some((cell) => 'transaction' in cell)).toBe(false);
    expect(transactions).toEqual([]);
  });

  test('a record is in an open one, then in one that was committed or aborted; the marker takes an offset', () => {
    const broker = new LoneBroker();
    const [till, office] = [new Producer(broker, 'till', 1), new Producer(broker, 'office', 2)];
    till.begin();
    till.write(0, 1);
    office.begin();
    office.write(2);
    broker.ask(produce([3]));
    const is = () => shapes(broker).lane.cells.map(({ transaction }) => transaction?.is ?? null);
    expect(is()).toEqual(['open', 'open', 'open', null]);
    expect(shapes(broker).lane).toMatchObject({ lastStable: 0, highWatermark: 4, markers: [] });
    office.end(false);
    expect(is()).toEqual(['open', 'open', 'aborted', null]);
    till.end(true);
    expect(is()).toEqual(['committed', 'committed', 'aborted', null]);
    const { lane } = shapes(broker);
    expect(lane.cells.map(({ transaction }) => transaction?.producer)).toEqual([
      'till',
      'till',
      'office',
      undefined,
    ]);
    expect(lane.markers).toEqual([
      { offset: 4, is: 'abort', producer: 'office' },
      { offset: 5, is: 'commit', producer: 'till' },
    ]);
    expect(lane).toMatchObject({ lastStable: 6, logEnd: 6 });
  });

  test('only the markers on screen', () => {
    const broker = new LoneBroker();
    const till = new Producer(broker, 'till', 1);
    for (const message of [0, 1, 2]) {
      till.begin();
      till.write(message);
      till.end(true);
    }
    expect(shapes(broker, 2, 4).lane.markers!.map(({ offset }) => offset)).toEqual([3]);
  });

  test('the coordinator shows since when one is open and when it will be aborted', () => {
    const broker = new LoneBroker();
    broker.wait(3000);
    const till = new Producer(broker, 'till', 1);
    expect(shapes(broker).transactions).toMatchObject([{ state: 'Empty', since: null, until: null }]);
    till.begin();
    till.write(0);
    expect(shapes(broker).transactions).toMatchObject([
      {
        address: 'kafka/transaction/till',
        process: 'client-1',
        state: 'Ongoing',
        lanes: ['kafka/orders/0'],
        since: seconds(3),
        // three and twenty, looked for every ten seconds
        until: seconds(30),
      },
    ]);
    broker.wait(26_999);
    expect(shapes(broker).transactions[0].state).toBe('Ongoing');
    broker.wait(1);
    expect(shapes(broker).transactions).toMatchObject([
      { state: 'CompleteAbort', since: null, until: null, epoch: 1 },
    ]);
  });
});

test('in a rebalance a group shows who has joined again and waits for the others', () => {
  const broker = new LoneBroker({ topics: [{ name: 'orders', partitions: 3 }] });
  const { ids } = gather(broker, [1, 2], [[0], [1, 2]]);
  const joined = () => shapes(broker).groups[0].members.map((member) => member.joined);
  expect(joined()).toEqual([undefined, undefined]);
  broker.send(join(idFor(broker, 3)), 3);
  broker.send(join(ids[0]), 1);
  expect(joined()).toEqual([true, false, true]);
});
