import { describe, expect, test } from 'vitest';
import { againNotes, noteSize } from '../../../src/app/compare/bands';
import { textWidth } from '../../../src/stage/layout/text-width';

const plan = { left: 100, right: 700, x: (time: number) => Math.min(700, 100 + time) };
const often = (times: number): string => `OC05, again ${times} times`;
const notes = (agains: readonly number[]) => againNotes(agains, plan, 'OC05, again', often);

describe('what stands over an order that a worker had again', () => {
  test('each time by itself, where there is room', () => {
    expect(notes([])).toEqual([]);
    expect(notes([100, 300])).toEqual([
      { x: 200, text: 'OC05, again' },
      { x: 400, text: 'OC05, again' },
    ]);
  });

  test('once with how often, where the words would lie over one another', () => {
    expect(notes([100, 300, 330]).map(({ text }) => text)).toEqual(['OC05, again 3 times']);
  });

  test('nothing leaves the drawing', () => {
    for (const at of [0, 600, Infinity]) {
      const [{ x, text }] = notes([at]);
      const half = textWidth(text, noteSize, 600) / 2;
      expect(x - half).toBeGreaterThanOrEqual(plan.left);
      expect(x + half).toBeLessThanOrEqual(plan.right);
    }
  });
});
