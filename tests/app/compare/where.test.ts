import { expect, test } from 'vitest';
import { planBands } from '../../../src/app/compare/bands';
import type { Run } from '../../../src/app/compare/together.svelte';
import { placeOf } from '../../../src/app/compare/where';
import { compare } from '../../../src/app/words/compare.en';
import type { Token } from '../../../src/kernel/shape';
import { seconds } from '../../../src/kernel/time';
import { face, processOf, viewOf } from '../../../src/stage/fixture-shapes';
import { stackOf } from '../../../src/stage/fixtures-queues';

const order = { ...face('OC03 mug'), message: 2 };
const worker = processOf('worker-a', { steps: ['receive', 'apply', 'ack'] });
const token = (from: string, to: string): Token => ({
  ...{ id: '1', from, to, sentAt: 0, arrivesAt: 10, faces: [order], what: 'basic.deliver' },
  ...{ held: false, weight: 1 },
});

test('an order that was given out and has not come yet is on its way, and not nowhere', () => {
  const view = { ...viewOf(0, [stackOf('orders', []), worker]), tokens: [token('rabbit/queue/orders', worker.address)] }; // prettier-ignore
  expect(placeOf(2, view)).toEqual({ is: 'underway', to: 'worker-a' });
  expect(compare.where(placeOf(2, view), 0)).toBe('on its way to A');
  expect(compare.where(placeOf(2, { ...view, tokens: [token('shop', 'rabbit')] }), 0)).toBe(
    'on its way to the broker',
  );
  expect(placeOf(7, view)).toEqual({ is: 'nowhere' });
});

test('on a phone the name of a broker stands over its row', () => {
  const runs = Array.from({ length: 3 }, () => ({}) as Run);
  for (const height of [400, 480, 900])
    for (const { top, height: band, broker, workers } of planBands(runs, 390, height, seconds(25)).bands) {
      expect(broker.y - broker.height / 2).toBeGreaterThan(top + 30);
      expect(broker.y + broker.height / 2).toBeLessThan(workers[0] - 8);
      expect(workers[1]).toBeLessThan(top + band - 8);
    }
});
