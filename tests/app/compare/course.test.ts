import { describe, expect, test } from 'vitest';
import { courseOf, type Course } from '../../../src/app/compare/course';
import { differencesOf, nextDifference } from '../../../src/app/compare/differences';
import {
  recordingOf,
  setting,
  usual,
  variants,
  type Trouble,
  type Variant,
} from '../../../src/app/compare/workload';
import type { Fact, FactKind } from '../../../src/kernel/fact';
import type { Body } from '../../../src/kernel/bodies';
import { ms, seconds } from '../../../src/kernel/time';
import { createLocalHost } from '../../../src/scenario/local-host';

const body = (label: string, key: string): Body => ({ domain: 'order', type: 'OrderPlaced', label, key, version: 1, correlation: '', data: {} }); // prettier-ignore
const bodies = [body('OC01', 'mug'), body('OC02', 'mug'), body('OC03', 'cap')];

type Told = readonly [atMs: number, kind: FactKind, process: string, message?: number];

function facts(...told: readonly Told[]): Fact[] {
  return told.map(([atMs, kind, process, message = -1], id) => ({
    ...{ id, time: ms(atMs), process, kind, type: '', subject: '', message },
    ...{ position: -1, amount: 0, group: '', detail: '', cause: -1 },
  }));
}

const published: readonly Told[] = [
  [0, 'published', 'shop', 0],
  [100, 'published', 'shop', 1],
  [200, 'published', 'shop', 2],
];

describe('what became of every order', () => {
  test('a job begins when an order is handed over and ends with its effect', () => {
    const { handlings } = courseOf(
      facts(...published, [500, 'delivered', 'worker-a', 0], [900, 'applied', 'worker-a', 0]),
      bodies,
    );
    expect(handlings).toEqual([
      { message: 0, worker: 'worker-a', nth: 1, from: ms(500), to: ms(900), became: 'applied' },
    ]);
  });

  test('who dies breaks what is in hand, and the next time is the second', () => {
    const { handlings, deaths, sums } = courseOf(
      facts(
        ...published,
        [500, 'delivered', 'worker-a', 0],
        [700, 'crashed', 'worker-a'],
        [800, 'redelivered', 'worker-b', 0],
        [900, 'applied', 'worker-b', 0],
      ),
      bodies,
    );
    expect(handlings.map(({ became, nth }) => [became, nth])).toEqual([
      ['broken', 1],
      ['applied', 2],
    ]);
    expect(deaths).toEqual([{ worker: 'worker-a', at: ms(700) }]);
    expect(sums).toMatchObject({ twice: 0, missing: 2, doneAt: null });
  });

  test('an effect after that of a later order of the same product is out of order; of another product it is not', () => {
    const { sums } = courseOf(
      facts(
        ...published,
        [500, 'delivered', 'worker-a', 1],
        [600, 'applied', 'worker-a', 1],
        [700, 'delivered', 'worker-a', 2],
        [800, 'applied', 'worker-a', 2],
        [900, 'delivered', 'worker-a', 0],
        [1000, 'applied', 'worker-a', 0],
      ),
      bodies,
    );
    expect(sums).toEqual({ twice: 0, missing: 0, outOfOrder: 1, longestWait: ms(900), doneAt: ms(1000) });
  });
});

describe('where runs part', () => {
  const course = (...told: readonly Told[]): Course => courseOf(facts(...published, ...told), bodies);
  const early = course([500, 'delivered', 'worker-a', 0], [900, 'delivered', 'worker-b', 1]);
  const late = course([600, 'delivered', 'worker-a', 0], [2900, 'delivered', 'worker-a', 1]);
  const list = differencesOf([
    { variant: 'kafka', course: late },
    { variant: 'rabbitmq', course: early },
  ]);

  test('is where one begins long before another, and not where they are nearly the same', () => {
    expect(list.map(({ message, at }) => [message, at])).toEqual([[1, ms(900)]]);
    expect(list[0].begins.get('kafka')).toEqual({ at: ms(2900), worker: 'worker-a' });
  });

  test('the next one is after the present instant', () => {
    expect(nextDifference(list, ms(899))).toBe(list[0]);
    expect(nextDifference(list, ms(900))).toBeNull();
  });
});

describe('one workload on a broker', () => {
  const play = async (variant: Variant, trouble: Trouble): Promise<Course> => {
    const host = await createLocalHost(recordingOf(variant, { ...usual, trouble }));
    await host.viewAt(seconds(setting.endMs / 1000), { cells: 0, lanes: {}, rows: 0 });
    return courseOf(await host.facts({}), await host.bodies());
  };
  const everybody = variants;

  test.each(everybody)(
    '%s: without trouble every order has its effect once and in order',
    async (variant) => {
      const { orders, sums } = await play(variant, 'none');
      expect(orders).toHaveLength(setting.orders);
      expect(sums).toMatchObject({ twice: 0, missing: 0 });
    },
  );

  test.each(everybody)('%s: who dies before its broker hears of a job has it done twice', async (variant) => {
    expect((await play(variant, 'after')).sums).toMatchObject({ twice: 1, missing: 0 });
  });

  test.each(everybody)('%s: who dies with nothing done costs time and no order', async (variant) => {
    expect((await play(variant, 'before')).sums).toMatchObject({ twice: 0, missing: 0 });
  });
});
