import { describe, expect, test } from 'vitest';
import type { Body } from '../../../src/kernel/bodies';
import { factKinds, type Fact } from '../../../src/kernel/fact';
import { hasSentence, sentence } from '../../../src/stage/story/sentence';
import { storyWords } from '../../../src/stage/story/words.en';
import { fact } from '../../helpers/fake-host';
import { filesIn, read } from '../../helpers/sources';

const bodies: Body[] = [
  {
    domain: 'order',
    type: 'OrderPlaced',
    label: 'OC21',
    key: 'tee',
    version: 1,
    correlation: '7f3a',
    data: {},
  },
];

function told(kind: Fact['kind'], type: string, more: Partial<Fact> = {}): string {
  return sentence(fact(0, 0, { kind, type, subject: 'kafka/shop-events/1', ...more }), { bodies });
}

describe('a story says what happened', () => {
  test('on the way in', () => {
    expect(told('published', 'RecordPublished', { process: 'shop-api', message: 0 })).toBe(
      'Shop API published OC21 (key tee)',
    );
    expect(told('accepted', 'RecordAppended', { process: 'kafka', message: 0, position: 7 })).toBe(
      'Partition 1 took in OC21 at offset 7',
    );
  });

  test('on the way out, and the second time', () => {
    const read = { process: 'search-b', message: 0, position: 7, group: 'search' };
    expect(told('delivered', 'RecordDelivered', read)).toBe('Search B received OC21 (partition 1, offset 7)');
    expect(told('redelivered', 'RecordRedelivered', read)).toBe(
      'Search B received OC21 again (partition 1, offset 7)',
    );
  });

  test('whoever SQS has given a message to is told by name, and no place in a queue is an offset', () => {
    const hidden = fact(3, 0, { kind: 'hidden', type: 'VisibilityTimeoutStarted', process: 'sqs', subject: 'sqs/jobs', message: 0, position: 0, group: 'jobs' }); // prettier-ignore
    const applied = fact(5, 0, { kind: 'applied', type: 'MessageHandled', process: 'worker-a', subject: 'worker-a', message: 0, position: 0, group: 'jobs', cause: 3 }); // prettier-ignore
    const byId = (id: number) => (id === 3 ? hidden : undefined);
    expect(sentence(applied, { bodies, fact: byId })).toBe('Worker A applied OC21');
  });

  test('the default exchange, which has no name, is called so', () => {
    const routed = { subject: '', message: 0, amount: 1 };
    expect(told('routed', 'MessageRouted', routed)).toBe('The default exchange routed OC21 to 1 queue');
  });

  test('who applied a row is told by the delivery behind it', () => {
    const delivered = fact(4, 0, {
      kind: 'delivered',
      process: 'search-b',
      subject: 'kafka/shop-events/1',
      position: 7,
    });
    const applied = fact(5, 0, {
      kind: 'applied',
      type: 'RowWritten',
      process: 'search-index',
      subject: 'search-index',
      message: 0,
      position: 7,
      group: 'search',
      cause: 4,
    });
    const byId = (id: number) => (id === 4 ? delivered : undefined);
    expect(sentence(applied, { bodies, fact: byId })).toBe('Search B applied OC21 (partition 1, offset 7)');
    expect(sentence(applied, { bodies })).toBe('Search applied OC21 (offset 7)');
  });

  test('flags move forward and back', () => {
    const commit = { process: 'kafka', group: 'search', position: 8, amount: 6 };
    expect(told('settled', 'OffsetCommitted', commit)).toBe(
      'Search moved its flag on partition 1 from 6 to 8',
    );
    expect(
      told('settled', 'OffsetCommitted', {
        ...commit,
        subject: 'kafka/shop-events/0',
        group: 'cache',
        position: 5,
        amount: 9,
      }),
    ).toBe('Cache moved its flag on partition 0 from 9 back to 5');
    expect(told('settled', 'OffsetCommitted', { ...commit, amount: -1, position: 0 })).toBe(
      'Search set its flag on partition 1 at 0',
    );
    expect(told('sought', 'PositionSought', { group: 'cache', position: 5, amount: 9 })).toBe(
      'Cache was sent from 9 back to 5 on partition 1',
    );
  });

  test('a crash says where, a rebalance says why and who reads what', () => {
    const b = { process: 'search-b', subject: 'search-b' };
    expect(told('crashed', 'ProcessCrashed', { ...b, detail: 'before commit' })).toBe(
      'Search B crashed before commit',
    );
    expect(told('crashed', 'ProcessCrashed', { ...b, detail: 'crash' })).toBe('Search B crashed');
    const group = { process: 'kafka', subject: 'kafka/search', group: 'search', amount: 3 };
    expect(told('rebalanced', 'GroupRebalanceStarted', { ...group, detail: 'search-b timed out' })).toBe(
      'Search stops to share its partitions out anew: search B was not heard of for its session timeout',
    );
    expect(
      told('rebalanced', 'GroupRebalanceStarted', { ...group, detail: 'search-a, the leader, rejoined' }),
    ).toBe('Search stops to share its partitions out anew: search A, the leader, rejoined');
    expect(told('rebalanced', 'GroupRebalanced', { ...group, detail: 'search-a:0 search-c:1,2' })).toBe(
      'Search has shared its partitions out: search A reads 0, search C reads 1 and 2',
    );
  });

  test('what a person did is told too', () => {
    const turned = (subject: string, detail: string) => told('changed', 'KnobTurned', { subject, detail });
    expect(turned('cache', 'pause')).toBe('Cache was paused');
    expect(turned('shop', 'rate ratePerSecond 2')).toBe('Shop publishes 2 a second from now on');
    expect(turned('shop', 'publish key mug')).toBe('Shop was told to publish mug once more');
    expect(turned('shop', 'paint colour blue')).toBe('Shop was changed: paint colour blue');
    expect(told('changed', 'PinSet', { subject: 'search-b', detail: 'commit' })).toBe(
      'Search B will crash before commit',
    );
    expect(told('changed', 'StoreWiped', { subject: 'search-index' })).toBe('Search index was emptied');
  });

  test('queues say what became of a message', () => {
    const at = { subject: 'rabbit/queue/email', message: 0, position: 4, group: 'worker-a' };
    expect(told('delivered', 'MessageDelivered', at)).toBe('Email pushed OC21 to worker A');
    expect(told('deadLettered', 'MessageDeadLettered', { ...at, detail: 'rejected', amount: 1 })).toBe(
      'Email gave up OC21, as it was rejected',
    );
    expect(told('applied', 'MessageHandled', { ...at, process: 'worker-a' })).toBe('Worker A applied OC21');
    const jobs = { subject: 'sqs/jobs', message: 0, amount: 3, position: 4 };
    expect(told('redelivered', 'MessageReceivedAgain', jobs)).toBe(
      'OC21 was received from jobs again, for the 3rd time',
    );
    expect(told('hidden', 'VisibilityTimeoutStarted', { ...jobs, amount: 30_000 })).toBe(
      'OC21 is hidden in jobs for 30 s',
    );
    expect(told('deadLettered', 'MessageDeadLettered', { ...jobs, detail: 'jobs-dlq' })).toBe(
      'OC21 went from jobs to jobs-dlq',
    );
  });

  test('an unknown type is told by its kind', () => {
    expect(told('applied', 'ThingDone', { process: 'email', message: 0 })).toBe('Email applied OC21');
    expect(told('changed', 'BrushSwapped', { subject: 'shop' })).toBe('Brush swapped at shop');
    expect(told('lost', 'Dropped', { message: 99 })).toBe('A message was lost at partition 1');
  });
});

test('every kind of fact has a sentence', () => {
  expect(Object.keys(storyWords.kinds).sort()).toEqual([...factKinds].sort());
});

test('every type of fact that the code declares has a sentence of its own', () => {
  const declared = filesIn('src')
    .filter((file) => file.endsWith('.ts') && !file.startsWith('src/cli/') && file !== 'src/kernel/fact.ts')
    .flatMap((file) =>
      [...read(file).matchAll(/factType\(\s*'\w+',\s*'(\w+)',?\s*\)/g)].map(([, type]) => type),
    );
  expect(declared.length).toBeGreaterThan(10);
  const silent = declared.filter((type) => !hasSentence(type));
  expect(silent, 'add a sentence to src/stage/story/words.en.ts').toEqual([]);
});
