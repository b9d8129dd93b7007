/** A lesson that is played on something else: each world keeps its run, and what was proved of one says nothing of another. */
import { describe, expect, test } from 'vitest';
import { nextStep } from '../../src/app/learn/next-step';
import { hasProved, isProvedNow } from '../../src/course/lesson-told';
import { loadLesson } from '../../src/course/load';
import { canBeNamed, withScenario } from '../../src/course/shared';
import { inWorld } from '../../src/course/worlds';
import { BadContent } from '../../src/scenario/bad-content';
import { OneLesson, person } from '../helpers/lesson-session';

const slug = 'twice';
const { lesson } = await loadLesson(slug, 'en');
const toFix = { type: 'go.to', step: 'fix', at: 0 } as const;
const together = { class: 'design', name: 'set', target: 'account', options: { part: 'idempotence', option: 'ids', value: 'together' } } as const; // prettier-ignore

async function inFix(kept = new OneLesson()) {
  const one = await person(kept, [], slug);
  one.session.send(toFix);
  await one.pass(400);
  return one;
}

describe('another world', () => {
  test('is another scenario, and begins where the step begins', async () => {
    const { session, done, player } = await inFix();
    await done(session.act([together]));
    await done(session.chooseWorld('transactions'));
    expect(session.scenario).toEqual({
      ...inWorld(lesson, 'transactions').scenario,
      schedule: session.scenario.schedule,
      endMs: session.scenario.endMs,
    });
    expect(player.time).toBe(2_000_000);
    expect(player.inputs).toEqual([]);
    expect(session.run).toBe('fix.transactions');
  });

  test('keeps its run: coming back is going on', async () => {
    const { session, done, player } = await inFix();
    // not waited for: somebody turns one knob after the other
    void session.act([together]);
    await done(session.chooseWorld('transactions'));
    await done(session.chooseWorld(null));
    expect(player.inputs.map(({ action }) => action)).toEqual([together]);
    expect(session.run).toBe('fix');
  });

  test('is where a reload goes on', async () => {
    const kept = new OneLesson();
    const first = await inFix(kept);
    await first.done(first.session.chooseWorld('transactions'));
    await first.done(first.session.act([together]));
    await first.session.save();
    const { session, player } = await person(kept, [], slug);
    expect(session.context.world).toBe('transactions');
    expect(session.run).toBe('fix.transactions');
    expect(player.inputs.map(({ action }) => action)).toEqual([together]);
  });

  test('is not proved by a proof in this one, though the way on stays open', async () => {
    const { session, done, pass } = await inFix();
    await done(session.act([together]));
    await pass(400);
    await done(session.prove());
    expect(isProvedNow(session.context)).toBe(true);
    await done(session.chooseWorld('transactions'));
    expect(isProvedNow(session.context)).toBe(false);
    expect(hasProved(session.context)).toBe(true);
  });
});

describe('on the way to another world', () => {
  test('nothing is done to the one that leaves, and what comes next waits', async () => {
    const { session, pass } = await inFix();
    session.send({ type: 'world', id: 'transactions', at: 0 });
    expect(session.moving).toBe(true);
    expect(nextStep(session)).toMatchObject({ waits: true });
    await session.act([together]);
    await session.prove();
    await pass(400);
    expect(session.moving).toBe(false);
    expect(nextStep(session)).toMatchObject({ waits: false });
    expect(session.proving.proofs).toBe(null);
    expect(session.context.fixed).toBe(false);
    expect(session.player.inputs).toEqual([]);
    expect(session.run).toBe('fix.transactions');
  });
});

test('a proof is of everything that was done before it was asked for', async () => {
  const { session, done } = await inFix();
  void session.act([together]);
  await done(session.prove());
  expect(session.proving.proofs?.map(({ judgement }) => judgement.verdict)).toEqual([
    'shown',
    'shown',
    'shown',
  ]);
  expect(isProvedNow(session.context)).toBe(true);
});

describe('a link', () => {
  const shared = (run: string) => ({ lesson: { slug, run }, engine: 'test', seed: 20, inputs: [], time: 0, fact: null, selection: null, hash: null }); // prettier-ignore

  test('names the world', async () => {
    const { recording } = await withScenario(shared('fix.transactions'));
    const consumer = recording.scenario.services.find(({ name }) => name === 'account')!.parts[0];
    expect(consumer.options).toMatchObject({ transactionalId: 'account' });
    expect(canBeNamed('fix.transactions')).toBe(true);
  });

  test('to a world that is not there is refused', async () => {
    await expect(withScenario(shared('fix.mainframe'))).rejects.toBeInstanceOf(BadContent);
    await expect(withScenario(shared('elsewhere'))).rejects.toBeInstanceOf(BadContent);
  });
});
