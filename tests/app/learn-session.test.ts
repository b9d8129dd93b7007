import { answerProbe, answerPrompt, placeBet, watchFirst } from '../../src/app/learn/betting';
import { describe, expect, test } from 'vitest';
import { nextStep } from '../../src/app/learn/next-step';
import { seekAction } from '../../src/course/knobs';
import { loadLesson } from '../../src/course/load';
import type { SeekKnob } from '../../src/course/lesson';
import { ms, seconds } from '../../src/kernel/time';
import { OneLesson, person } from '../helpers/lesson-session';

type Person = Awaited<ReturnType<typeof person>>;

const { lesson, words } = await loadLesson('kafka-log', 'en');
const knob = lesson.knobs.find((one): one is SeekKnob => one.kind === 'seek')!;
const seek = (group: string, partition: number, offset: number) => [
  seekAction(knob, group, partition, offset),
];
const pin = { class: 'fault', name: 'pin', target: 'search-b', options: { step: 'commit' } } as const;
const goTo = (step: 'scene' | 'break' | 'fix' | 'transfer') => ({ type: 'go.to', step, at: 0 }) as const;

/** As far as the step "break", with a bet that came out differently. */
async function toBreak({ session, pass, done }: Person): Promise<void> {
  session.send({ type: 'go.on' });
  session.unsaid.draft = { option: 'unread', confidence: 'unsure' };
  placeBet(session);
  await pass(16_000);
  await done(session.report('2'));
  session.send({ type: 'go.on' });
  await pass(300);
}

async function toFix({ session, pass }: Person): Promise<void> {
  session.send(goTo('fix'));
  await pass(600);
  void session.player.playTo(ms(lesson.starts.fix.playToMs));
  await pass(2500);
}

describe('before the bet', () => {
  test('a lesson opens paused at 0, and time does not go as far as the outcome', async () => {
    const { session, player, pass } = await person();
    expect(session.step).toBe('scene');
    expect([player.status, player.time]).toEqual(['paused', 0]);
    player.play();
    await pass(20_000);
    expect(player.time).toBe(ms(lesson.spoilsAtMs));
  });

  test('placing the bet plays to the moment of the question, and asks there', async () => {
    const { session, player, pass } = await person();
    session.send({ type: 'go.on' });
    expect(nextStep(session)!.reason).not.toBe('');
    session.unsaid.draft = { option: 'unread', confidence: 'sure' };
    expect(nextStep(session)!.reason).toBe('');
    placeBet(session);
    expect(session.step).toBe('run');
    await pass(16_000);
    expect(session.step).toBe('observe');
    expect(player.time).toBe(ms(lesson.observeAtMs));
  });
});

describe('what was seen', () => {
  test('a wrong report goes back to the moment and explains nothing', async () => {
    const one = await person();
    one.session.send({ type: 'go.on' });
    watchFirst(one.session);
    await one.pass(16_000);
    await one.done(one.session.report('5'));
    expect(one.session.context.reports).toMatchObject([{ option: '5', right: false }]);
    expect(one.player.time).toBeLessThan(seconds(13));
    expect(one.player.selection).toMatchObject({ kind: 'message' });
    expect(one.session.unsaid.answer).toBe('');
    await one.done(one.session.report('2'));
    expect(one.session.context.reports.at(-1)).toMatchObject({ option: '2', right: true });
  });
});

describe('goal A', () => {
  test('is shown from history as it is made, and is a mark', async () => {
    const one = await person();
    await toBreak(one);
    expect(one.player.time).toBe(ms(lesson.observeAtMs));
    await one.pass(100);
    expect(one.session.look!.ifNow.verdict).toBe('unknown');
    await one.done(one.session.act(seek('cache', 0, 0)));
    expect(one.session.context.shown).toBe(false);
    one.player.play();
    await one.pass(4000);
    expect(one.session.look!.soFar.clauses.map(({ verdict, missing }) => missing ?? verdict)).toEqual([
      'shown', 'shown', 'waiting',
    ]); // prettier-ignore
    expect(one.session.context.shown).toBe(true);
    expect(one.kept.marks.has('shown')).toBe(true);
  });

  test('after a crash between apply and commit it is asked which offset is read first', async () => {
    const one = await person();
    await toBreak(one);
    await one.done(one.session.act([pin]));
    one.player.play();
    await one.pass(5000);
    const { prompt } = one.session.aside;
    expect(prompt).toMatchObject({ who: 'search-b', lane: 'kafka/shop-events/1' });
    const [committed, ...others] = prompt!.offsets;
    expect(others.length).toBeGreaterThan(0);
    answerPrompt(one.session, committed);
    one.player.play();
    await one.pass(9000);
    expect(one.session.aside.told).toMatchObject({ read: committed, right: true });
    expect(one.player.playing).toBe(false);
  });

  test('a hint unlocks after something was done and time went on after it', async () => {
    const one = await person();
    await toBreak(one);
    const hint = { type: 'hint', at: 0 } as const;
    one.player.play();
    await one.pass(1500);
    one.player.pause();
    one.session.send(hint);
    expect(one.session.context.hints).toEqual([]);
    await one.done(one.session.act([pin]));
    one.session.send(hint);
    expect(one.session.context.hints).toEqual([]);
    one.player.play();
    await one.pass(1500);
    one.session.send(hint);
    expect(one.session.context.hints).toMatchObject([{ goal: 'a', stage: 0 }]);
  });
});

describe('goal B', () => {
  test('a proof runs on the learner’s seed and two unseen ones; a good one is Fixed', async () => {
    const one = await person();
    await toFix(one);
    for (const partition of [0, 1, 2]) await one.done(one.session.act(seek('search', partition, 0)));
    await one.done(one.session.prove());
    const proofs = one.session.proving.proofs!;
    expect(proofs.map(({ judgement }) => judgement.verdict)).toEqual(['shown', 'shown', 'shown']);
    expect(proofs[0].seed).toBe(lesson.seed);
    expect(new Set(proofs.map(({ seed }) => seed)).size).toBe(3);
    expect(one.session.context.fixed).toBe(true);
    expect([...one.kept.marks.keys()]).toEqual(['fixed']);
  });

  test('a third of the index is not the index; the run of a proof can be looked at and left again', async () => {
    const one = await person();
    await toFix(one);
    await one.done(one.session.act(seek('search', 0, 0)));
    const before = one.player.inputs.length;
    await one.done(one.session.prove());
    one.player.pause();
    const time = one.player.time;
    const [, unseen] = one.session.proving.proofs!;
    expect(unseen.judgement.verdict).toBe('violated');
    await one.done(one.session.lookAt(unseen));
    expect(one.session.visiting.current).toMatchObject({ kind: 'proof' });
    await one.done(one.session.act(seek('search', 1, 0)));
    await one.done(one.session.backToMine());
    expect(one.session.visiting.current).toBeNull();
    expect([one.player.time, one.player.inputs.length]).toEqual([time, before]);
    expect(one.session.context.fixed).toBe(false);
  });

  test('changing the run takes back what was proved of it before', async () => {
    const one = await person();
    await toFix(one);
    await one.done(one.session.act(seek('search', 0, 0)));
    await one.done(one.session.prove());
    expect(one.session.proving.proofs).not.toBeNull();
    one.player.pause();
    await one.done(one.session.act(seek('search', 1, 0)));
    expect(one.session.proving.proofs).toBeNull();
  });

  test('a ghost plays in a run of its own and earns nothing; after a reset the seed is another one', async () => {
    const one = await person();
    await toFix(one);
    const time = one.player.time;
    await one.done(one.session.showMe('b'));
    expect(one.session.visiting.current).toMatchObject({ kind: 'ghost' });
    await one.pass(15_000);
    await one.done(one.session.backToMine());
    expect([one.player.time, one.player.inputs.length]).toEqual([time, 0]);
    expect([...one.kept.marks.keys()]).toEqual(['solutionSeen']);
    for (const partition of [0, 1, 2]) await one.done(one.session.act(seek('search', partition, 0)));
    await one.done(one.session.prove());
    expect(one.session.context.fixed).toBe(false);

    await one.done(one.session.reset());
    expect(one.player.inputs).toEqual([]);
    for (const partition of [0, 1, 2]) {
      await one.done(one.player.seek(seconds(37)));
      await one.done(one.session.act(seek('search', partition, 0)));
    }
    await one.done(one.session.prove());
    expect(one.session.proving.proofs![0].seed).toBe(lesson.seed + 1);
    expect(one.session.context.fixed).toBe(true);
  });
});

describe('the transfer', () => {
  test('opens where the question is asked, goes no further without a prediction, and tells', async () => {
    const { session, player, pass } = await person();
    session.send(goTo('transfer'));
    await pass(600);
    expect(player.time).toBe(ms(lesson.transfer.askAtMs));
    player.play();
    await pass(3000);
    expect(player.time).toBe(ms(lesson.transfer.askAtMs));
    session.unsaid.draft = { option: 'again', confidence: 'guess' };
    answerProbe(session);
    await pass(8000);
    expect(session.context.transferred).toBe(true);
    expect(session.context.answers).toMatchObject([{ id: lesson.transfer.bet.id, right: true }]);
  });
});

describe('a warm-up', () => {
  test('is asked first when one is due, and remembers the lesson it came from', async () => {
    const kept = new OneLesson();
    const { session, pass } = await person(kept, [{ slug: 'kafka-log', probe: lesson.warmups[0], words }]);
    expect(session.step).toBe('warmup');
    session.unsaid.draft = { option: 'next', confidence: 'sure' };
    answerProbe(session);
    await pass(9000);
    expect(session.context.answers).toMatchObject([{ right: true }]);
    expect(kept.marks.has('remembered')).toBe(true);
    session.send({ type: 'go.on' });
    await pass(600);
    expect(session.step).toBe('scene');
    expect(session.scenario.name).toBe('kafka-log');
  });
});

describe('a reload', () => {
  test('goes on at the same step and instant, paused, with everything that was done', async () => {
    const one = await person();
    await toBreak(one);
    await one.done(one.session.act([pin]));
    one.player.play();
    await one.pass(3300);
    one.player.pause();
    await one.done(one.session.save());
    const { time, inputs } = one.player;
    const { context } = one.session;

    const again = await person(one.kept);
    expect(again.session.step).toBe('break');
    expect([again.player.status, again.player.time]).toEqual(['paused', time]);
    expect(again.player.inputs).toEqual(inputs);
    expect(again.session.context).toEqual(context);
    // Nothing was done since, so nothing counts as done.
    await again.pass(500);
    expect(again.session.context.effort).toEqual(context.effort);
  });

  test('brings back every run that was left behind, each as far as it had come', async () => {
    const one = await person();
    await toBreak(one);
    await one.done(one.session.act([pin]));
    one.player.play();
    await one.pass(3000);
    one.player.pause();
    const { frontier } = one.player;
    await one.done(one.player.seek(ms(lesson.observeAtMs) + 200_000));
    one.player.bookmark();
    const bookmarked = one.player.time;
    one.player.rememberFork = true;
    await one.done(one.session.act(seek('cache', 0, 0)));
    expect(one.player.branches).toHaveLength(2);
    const branches = one.player.branches.map(({ id, name, forkedAt, parent }) => ({
      id,
      name,
      forkedAt,
      parent,
    }));
    await one.done(one.session.save());

    const again = await person(one.kept);
    await again.pass(300);
    const { player } = again;
    expect(player.branches).toMatchObject(branches);
    expect(player.currentBranch.id).toBe(2);
    expect(player.inputs).toMatchObject([{ action: pin }, { action: { target: 'cache' } }]);
    expect(player.notes).toMatchObject([{ sign: 'bookmark', time: bookmarked }]);
    await again.done(player.switchBranch(1));
    expect(player.inputs).toMatchObject([{ action: pin }]);
    expect(player.frontier).toBe(frontier);
    // The past is the past there as well.
    expect(await again.done(player.act(seek('cache', 0, 0)))).toBe('needs-fork');
    // Going to another step and back loses no branch either.
    again.session.send(goTo('fix'));
    await again.pass(600);
    again.session.send(goTo('break'));
    await again.pass(600);
    expect(player.branches).toHaveLength(2);
    expect(player.currentBranch.id).toBe(1);
  });

  test('what was undone can still be done again', async () => {
    const one = await person();
    await toBreak(one);
    await one.done(one.session.act([pin]));
    await one.done(one.player.undo());
    await one.done(one.session.save());
    const { player, done } = await person(one.kept);
    expect([player.inputs.length, player.canRedo]).toEqual([0, true]);
    await done(player.redo());
    expect(player.inputs).toMatchObject([{ action: pin }]);
  });

  test('a bet that was not placed and a report that was not made are as they were', async () => {
    const one = await person();
    one.session.send({ type: 'go.on' });
    one.session.unsaid.draft = { option: 'unread', confidence: 'unsure' };
    one.session.unsaid.answer = '4';
    const { session } = await person(one.kept);
    expect(session.unsaid.draft).toEqual({ option: 'unread', confidence: 'unsure' });
    expect(session.unsaid.answer).toBe('4');
    expect(session.context.placed).toEqual([]);
  });

  test('a run that cannot be built is set aside, and said so', async () => {
    const one = await person();
    await toBreak(one);
    await one.done(one.session.act([pin]));
    const bad = { ...one.kept.attempt!.recordings[0].recording, scenario: { version: 1 } as never };
    one.kept.attempt = {
      ...one.kept.attempt!,
      recordings: [{ ...one.kept.attempt!.recordings[0], recording: bad }],
    };
    const { session, player, kept } = await person(one.kept);
    expect(session.isSetAside).toBe(true);
    expect([session.step, player.inputs.length]).toEqual(['break', 0]);
    expect(kept.recordings).toMatchObject([{ name: lesson.slug, recording: bad }]);
  });

  test('in the middle of Show me: the solution was seen, and what was answered stands; one’s own run is as it was', async () => {
    const one = await person();
    await toFix(one);
    await one.done(one.session.act(seek('search', 0, 0)));
    const { inputs, time } = one.player;
    void one.session.showMe('b');
    await one.pass(3000);
    expect(one.session.visiting.current?.kind).toBe('ghost');
    expect(one.player.canUndo).toBe(false);
    expect(await one.done(one.player.undo())).toBe(false);
    one.session.chooseAnswer('why', 'because');
    await one.pass(200);

    const again = await person(one.kept);
    expect(again.session.context.solutionSeed.b).toBe(lesson.seed);
    expect(again.session.answers).toEqual(one.session.answers);
    expect([again.player.inputs, again.player.time]).toEqual([inputs, time]);
  });

  test('each run of the lesson is where it was left', async () => {
    const one = await person();
    await toBreak(one);
    await one.done(one.session.act(seek('cache', 0, 0)));
    await toFix(one);
    await one.done(one.session.act(seek('search', 0, 0)));
    one.session.send(goTo('break'));
    await one.pass(600);
    expect(one.player.inputs).toMatchObject([{ action: { target: 'cache' } }]);

    const again = await person(one.kept);
    expect(again.player.inputs).toMatchObject([{ action: { target: 'cache' } }]);
    again.session.send(goTo('fix'));
    await again.pass(600);
    expect(again.player.inputs).toMatchObject([{ action: { target: 'search' } }]);
    expect(again.player.time).toBe(ms(lesson.starts.fix.playToMs));
  });
});
