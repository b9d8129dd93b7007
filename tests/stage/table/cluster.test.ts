import { describe, expect, test } from 'vitest';
import { stripRecording } from '../../../src/app/gallery/runs';
import { whatMatters } from '../../../src/app/narrator/summary';
import { createLocalHost } from '../../../src/scenario/local-host';
import { changingHands, shared, transacted } from '../../../src/stage/fixtures-kafka';
import { tablesOf } from '../../../src/stage/table/tables';

const window = { cells: 12, lanes: {}, rows: 8 };

describe('a leader that was lost', async () => {
  const host = await createLocalHost(stripRecording('acksOne'));
  const [crashed, elected, agreed] = await Promise.all(
    [10_000, 21_600, 23_200].map((at) => host.viewAt(at * 1000, window)),
  );

  test('has a row for each copy, with what its leader does not have', () => {
    const [{ topic, rows }] = tablesOf(elected).copies;
    expect(topic).toBe('orders');
    expect(rows.map(({ node, is, next, watermark, epoch }) => [node, is, next, watermark, epoch])).toEqual([
      ['kafka 1', 'down', 7, 5, ''],
      ['kafka 2', 'leader', 6, 6, 'in epoch 1'],
      ['kafka 3', 'in sync', 6, 6, ''],
    ]);
    expect(rows[0].unlike.map(({ face, where }) => `${face.label} ${where}`)).toEqual(['OC06 at 5', 'OC07 at 6']);
  });

  test('is told in the line above the picture', () => {
    expect(whatMatters(crashed)[0]).toBe('Kafka 1, which leads partition 0, is down.');
    expect(whatMatters(elected)[0]).toBe('1 of 3 copies of partition 0 is out of sync.');
    expect(whatMatters(agreed)[1]).toBe('Kafka 1 cut 2 records off its copy of partition 0.');
  });

  test('is inspected by partition and by node', async () => {
    const lane = await host.inspect('kafka/orders/0', 21_600_000);
    expect(lane.of === 'lane' && lane.lane.replicas?.map(({ process }) => process)).toEqual([
      'kafka-1',
      'kafka-2',
      'kafka-3',
    ]);
    const node = await host.inspect('kafka-1', 21_600_000);
    expect(node).toMatchObject({ of: 'node', name: 'kafka-1', isUp: false });
    expect(node.of === 'node' && node.copies.map(({ index, replica }) => [index, replica.logEnd])).toEqual([[0, 7]]);
    expect(structuredClone(node)).toEqual(node);
  });

  test('is marked on the time axis once, without the topics that brokers keep for themselves', async () => {
    const marks = (await host.marks()).filter(({ subject }) => subject.startsWith('kafka/'));
    const leaders = marks.filter(({ sign, subject }) => sign === 'change' && subject === 'kafka/orders/0');
    expect(leaders).toHaveLength(1);
    expect(marks.filter(({ subject }) => subject.includes('__'))).toEqual([]);
  });
}); // prettier-ignore

test('an open transaction has a row, and records say what became of theirs', () => {
  const { transactions, partitions } = tablesOf(transacted());
  expect(transactions).toEqual([
    {
      address: 'kafka/transaction/till-3',
      id: 'till-3',
      producer: 'till',
      state: 'open for 2.2 s, aborted in 58 s',
      writes: 'shop-events 0',
    },
  ]);
  expect(partitions[0].rows[0].holds.map(({ where }) => where)).toEqual([
    'at 0',
    'at 1, committed',
    'at 2, committed',
    'at 4, aborted',
    'at 5, aborted',
    'at 7',
    'at 8, transaction open',
    'at 9',
  ]);
  expect(whatMatters(transacted())[0]).toBe(
    'An open transaction holds readers of committed records back at 8 on partition 0.',
  );
});

test('a share group has records in hand, each with a fate', () => {
  const { partitions, groups } = tablesOf(shared());
  expect(groups[0]).toMatchObject({ name: 'packer', kind: 'share (KIP-932)' });
  expect(partitions[0].rows[0].flags).toEqual(['has 1 to 7 in hand, lag 9']);
  expect(partitions[0].rows[0].holds[5].where).toBe('at 5, packer: acquired by packer B ×2');
});

test('a group of the consumer protocol says who gives up and who waits', () => {
  const [{ kind, state, members }] = tablesOf(changingHands('consumer')).groups;
  expect([kind, state]).toEqual(['consumer (KIP-848)', 'sharing out anew: members take it up one by one']);
  expect(members).toEqual([
    'search A reads 0 and 1, gives up 1',
    'search B reads 2',
    'search C reads none, waits for 1',
  ]);
});

test('a rebalance that stops everybody is told otherwise than one that does not', () => {
  expect(whatMatters(changingHands('eager'))[0]).toContain('nobody in it reads meanwhile');
  expect(whatMatters(changingHands('cooperative'))[0]).toContain('what stays with its owner is read on');
  expect(whatMatters(changingHands('consumer'))[0]).toContain('what stays with its owner is read on');
});
