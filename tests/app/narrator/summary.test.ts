import { describe, expect, test } from 'vitest';
import { summaryOf, whatMatters } from '../../../src/app/narrator/summary';
import { seconds } from '../../../src/kernel/time';
import { groupOf, laneOf, pointerOf, processOf, storeOf, viewOf } from '../../../src/stage/fixture-shapes';
import { drawnInstant } from '../../../src/stage/fixtures';
import { pileOf } from '../../../src/stage/fixtures-queues';

const of = (view = drawnInstant()) => ({ view, status: 'paused' as const, stopAt: seconds(40) });

describe('the summary of an instant', () => {
  test('says first what is wrong, and for how long', () => {
    const { stands, details } = summaryOf(of());
    expect(stands).toBe('Paused at 0:18.6.');
    expect(details).toBe(
      'Nobody in search reads partition 1 for 1.2 s more. Cache was sent from 9 back to 5 on partition 0.',
    );
  });

  test('names what is on stage and what can be controlled', () => {
    const { stage, controls, hint } = summaryOf({ ...of(), controls: ['Publish', 'Seek'] });
    expect(stage).toBe(
      'On stage: topic shop-events with 3 partitions and 30 records; group search with 3 consumers; group cache with 1 consumer; producer shop API.',
    );
    expect(controls).toBe('You control time, and Publish and Seek.');
    expect(hint).toMatch(/^Space plays/);
  });

  test('says how far everybody is when nothing is wrong', () => {
    const consumers = [processOf('search-a', { group: 'search' })];
    const lane = laneOf(0, ['OC01 mug', 'OC02 pen'], [pointerOf('search', 1, 1, 'search-a', 2)]);
    const withLag = (lag: number) =>
      viewOf(seconds(3), [lane, groupOf('search', consumers, { lag }), ...consumers]);
    expect(whatMatters(withLag(1))).toEqual(['Search is 1 behind.']);
    expect(whatMatters(withLag(0))).toEqual(['Search has read everything.']);
    expect(whatMatters(viewOf(0, [laneOf(0, [], [])]))).toEqual(['Nothing has been published yet.']);
  });

  test('of many groups only the one that is furthest behind is named', () => {
    const groups = ['email', 'audit', 'tax', 'push'].map((name, index) =>
      groupOf(name, [], { lag: index === 0 ? 600 : index }),
    );
    expect(whatMatters(viewOf(0, [laneOf(0, ['OC01 mug'], []), ...groups]))).toEqual([
      'Email is 600 behind, 3 others at most 3.',
    ]);
  });

  test('a service that is down in both designs is down once', () => {
    const down = { condition: 'down', conditionSince: seconds(10) } as const;
    const view = viewOf(seconds(12), [
      processOf('email', down),
      processOf('email-reader', { ...down, group: 'email' }),
    ]);
    expect(whatMatters(view)[0]).toBe('Email is down since 0:10.0.');
    expect(whatMatters(view).filter((sentence) => sentence.includes('down'))).toHaveLength(1);
  });

  test('who takes from a queue goes by its own name, and is no producer', () => {
    const view = viewOf(seconds(12), [
      pileOf('entries', []),
      processOf('branch', { steps: [] }),
      processOf('account', {
        ...{ group: 'entries', owns: ['sqs/entries'], steps: ['receive', 'apply', 'delete'] },
        ...{ condition: 'crashed', conditionSince: seconds(10) },
      }),
    ]);
    expect(whatMatters(view)[0]).toBe('Account is down since 0:10.0.');
    expect(summaryOf(of(view)).stage).toBe(
      'On stage: queue entries with 0 waiting and 0 in hand; consumer account; producer branch.',
    );
  });

  test('whoever asks waits for the same orders as the one who is asked', () => {
    const view = viewOf(0, [
      processOf('browser', { callees: ['order-api'], ratePerSecond: 4, inHand: 13 }),
      processOf('order-api', { callees: ['email'], inHand: 13 }),
    ]);
    expect(whatMatters(view)).toEqual(['13 orders are open.']);
  });

  test('a cut link, a rebalance, an emptied store and a paused group are told in this order', () => {
    const consumer = processOf('cache', { group: 'cache', condition: 'paused' });
    const store = { ...storeOf('search-index', []), rowCount: 0, wipedAt: seconds(36) };
    const view = viewOf(
      seconds(40),
      [
        laneOf(0, ['OC01 mug'], []),
        groupOf('cache', [consumer], { lag: 4, state: 'PreparingRebalance' }),
        consumer,
        store,
      ],
      { links: [{ from: 'cache', to: 'kafka', cut: true, extraMs: 0 }] },
    );
    expect(whatMatters(view)).toEqual([
      'The link between cache and kafka is cut.',
      'Cache shares its partitions out anew; nobody in it reads meanwhile.',
      'Search index is empty since 0:36.0.',
      'Cache is paused, 4 behind.',
      'Cache is 4 behind.',
    ]);
  });
});
