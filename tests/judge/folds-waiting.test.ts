/** waiting: how much lies between a group's flag and the end of a topic, whatever else goes on there. */
import { describe } from 'vitest';
import { accepted, entry, type Entry } from './history';
import { table } from './verdict-table';

const flag = (group: string, position: number, partition = 0): Entry =>
  entry('settled', 'OffsetCommitted', 'kafka', {
    group,
    position,
    subject: `kafka/shop-events/${partition}`,
  });
const other = (position: number): Entry => accepted(0, position, { subject: 'kafka/other/0' });
const second = (position: number): Entry => accepted(0, position, { subject: 'kafka/shop-events/1' });

describe('waiting: three events wait for cache', () => {
  table({ op: 'waiting', topic: 'shop-events', group: 'cache', least: 3 }, [
    ['nothing is appended', [flag('cache', 0)], 'unknown', 'unknown'],
    ['two are appended', [accepted(0, 0), accepted(1, 1)], 'unknown', 'unknown'],
    ['three are appended', [accepted(0, 0), accepted(1, 1), accepted(2, 2)], 'shown', 'shown', [0, 1, 2]],
    [
      'one of four is let go of',
      [accepted(0, 0), accepted(1, 1), flag('cache', 1), accepted(2, 2), accepted(3, 3)],
      'shown',
      'shown',
      [0, 1, 3, 4],
    ],
    [
      'each is let go of before the next comes',
      [accepted(0, 0), flag('cache', 1), accepted(1, 1), flag('cache', 2), accepted(2, 2), flag('cache', 3)],
      'unknown',
      'unknown',
    ],
    [
      'another group keeps up',
      [accepted(0, 0), accepted(1, 1), flag('search', 2), accepted(2, 2)],
      'shown',
      'shown',
      [0, 1, 3],
    ],
    ['two partitions add up', [accepted(0, 0), second(0), second(1)], 'shown', 'shown', [0, 1, 2]],
    [
      'another topic does not count',
      [accepted(0, 0), accepted(1, 1), other(0), other(1)],
      'unknown',
      'unknown',
    ],
    [
      'a flag that goes back makes what it passed wait again',
      [accepted(0, 0), accepted(1, 1), flag('cache', 2), flag('cache', 0), accepted(2, 2)],
      'shown',
      'shown',
      [0, 1, 4],
    ],
    [
      'what has waited counts, also when it is worked off',
      [accepted(0, 0), accepted(1, 1), accepted(2, 2), flag('cache', 3)],
      'shown',
      'shown',
      [0, 1, 2],
    ],
  ]);
});
