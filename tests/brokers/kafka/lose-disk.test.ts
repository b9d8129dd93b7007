import { expect, test } from 'vitest';
import { part } from '../../../src/brokers/kafka/broker';
import { newShareState } from '../../../src/brokers/kafka/share/share-state';
import { partitionOf } from '../../../src/brokers/kafka/state';
import { transition } from '../../helpers/transition';
import { LoneBroker } from './lone-broker';
import { produce } from './requests';

function withoutDisk({ state }: LoneBroker) {
  return transition(part.machine, state, { type: 'LoseDisk', recent: null }, {}).state;
}

test('what is written where compacted records were is compacted again', () => {
  const broker = new LoneBroker();
  broker.ask(produce([0, 1, 2, 3]));
  partitionOf(broker.state, 'orders', 0)!.cleanedTo = 4;
  const partition = partitionOf(withoutDisk(broker), 'orders', 0)!;
  expect([partition.logEnd, partition.cleanedTo]).toEqual([0, 0]);
});

test('what share groups have acknowledged is lost with the records it was about', () => {
  const broker = new LoneBroker();
  broker.state.share = newShareState();
  expect(withoutDisk(broker).share).toBeUndefined();
});
