import { expect, test } from 'vitest';
import { asked, nextSeed, questionOf } from '../../../src/app/compare/asked';
import { usual } from '../../../src/app/compare/workload';

test('an address says what is compared and when, and comes back as it was', () => {
  const question = {
    workload: { ...usual, trouble: 'poison', seed: 0 },
    queue: 'fifo',
    time: 8_200_000,
  } as const;
  expect(asked(questionOf(question))).toEqual(question);
});

test.each([
  '',
  'trouble=war',
  'seed=-1',
  'seed=1.5',
  'seed=x',
  'seed=4294967296',
  't=-5',
  't=1e9',
  'queue=kafka',
])('what makes no sense is as usual: "%s"', (query) => {
  expect(asked(query)).toEqual({ workload: usual, queue: 'sqs', time: 0 });
});

test('after the last seed comes the first', () => {
  expect([nextSeed(4), nextSeed(0xffffffff)]).toEqual([5, 0]);
});
