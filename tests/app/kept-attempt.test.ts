/** What is kept of a lesson, and what is not; and what is kept but makes no sense. */
import { expect, test } from 'vitest';
import { CannotGoOn } from '../../src/app/learn/attempt';
import { person } from '../helpers/lesson-session';

test('a lesson that was merely opened is not kept', async () => {
  const one = await person();
  await one.done(one.session.save());
  expect(one.kept.attempt).toBeNull();
  one.session.send({ type: 'go.on' });
  await one.done(one.session.save());
  const before = one.kept.attempt;
  expect(before?.step).toBe('predict');
  const { session, done } = await person(one.kept);
  await done(session.save());
  expect(one.kept.attempt).toBe(before);
});

test('an attempt that makes no sense is left as it is, and said so', async () => {
  const one = await person();
  one.session.send({ type: 'go.on' });
  await one.done(one.session.save());
  const good = one.kept.attempt!;
  for (const flow of [
    null,
    5,
    [],
    { visited: 1 },
    { ...(good.flow as object), places: { base: { current: 'x' } } },
  ]) {
    one.kept.attempt = { ...good, flow: flow as never };
    await expect(person(one.kept)).rejects.toThrow(CannotGoOn);
  }
  expect(one.kept.attempt).toMatchObject({ step: 'predict', recordings: good.recordings });
  // Branches that point nowhere, or at each other, are set right.
  const [base] = good.recordings;
  one.kept.attempt = {
    ...good,
    recordings: [
      { ...base, id: 'base/3', parent: 'base/4', forkedAt: 5 },
      { ...base, id: 'base/4', parent: 'base/3', forkedAt: null },
      { ...base, id: 'base/4/1', parent: 'base', forkedAt: 1 },
    ],
  };
  const { player } = await person(one.kept);
  expect(player.branches.map(({ id, parent, forkedAt }) => [id, parent, forkedAt])).toEqual([
    [3, null, null],
    [4, 3, 0],
  ]);
});
