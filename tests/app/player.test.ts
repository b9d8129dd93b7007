import { describe, expect, test } from 'vitest';
import { Player } from '../../src/app/player.svelte';
import { seconds } from '../../src/kernel/time';
import type { Action } from '../../src/scenario/scenario';
import { fact, FakeHost, FakeTicker } from '../helpers/fake-host';

const seek: Action = { class: 'operation', name: 'seek', target: 'cache', options: { offset: 0 } };
const crash: Action = { class: 'fault', name: 'crash', target: 'search-b', options: {} };

/** Facts at 1 s, 2 s, two in one instant at 3 s, 4 s, and a last one at 8 s. */
const history = [1, 2, 3, 3, 4, 8].map((second, id) => fact(id, seconds(second), { message: id % 2 }));

async function player(more: Partial<ConstructorParameters<typeof Player>[0]> = {}) {
  const ticker = new FakeTicker();
  const host = new FakeHost(history, {
    marks: [
      { time: seconds(2), fact: 1, sign: 'fault', subject: 'search-b', label: 'crash' },
      { time: seconds(4), fact: 4, sign: 'seek', subject: 'cache', label: 'seek' },
    ],
  });
  const subject = new Player({ host, lensMs: 1000, endMs: 10_000, ticker, ...more });
  await ticker.pass(40);
  /** Waits for what the promise needs: frames, mostly. */
  const after = async <T>(promise: Promise<T>): Promise<T> => {
    await ticker.pass(200);
    return promise;
  };
  return { subject, host, ticker, after };
}

describe('playing', () => {
  test('opens paused at 0 and stays there', async () => {
    const { subject, ticker } = await player();
    await ticker.pass(6000);
    expect(subject.status).toBe('paused');
    expect(subject.time).toBe(0);
    expect(subject.view.time).toBe(0);
  });

  test('moves the playhead by elapsed time × lens', async () => {
    const { subject, ticker } = await player({ lensMs: 500 });
    subject.play();
    await ticker.pass(2000);
    expect(subject.time).toBe(seconds(1));
    expect(subject.view.time).toBe(subject.time);
    expect(subject.status).toBe('playing');
  });

  test('a tab that was hidden does not jump', async () => {
    const { subject, ticker } = await player();
    subject.play();
    await ticker.pass(1000);
    await ticker.pass(60_000, 60_000);
    expect(subject.time).toBe(seconds(1) + 100_000);
  });

  test('asks for one view a frame at most', async () => {
    const { subject, host, ticker } = await player();
    host.asked = [];
    subject.play();
    await ticker.pass(1000, 100);
    expect(host.asked.length).toBe(10);
  });

  test('stops at the end of the run and does not start there again', async () => {
    const { subject, ticker, after } = await player();
    await after(subject.seek(seconds(9.5)));
    subject.play();
    await ticker.pass(1000);
    expect(subject.time).toBe(seconds(10));
    expect(subject.status).toBe('paused');
    subject.play();
    expect(subject.status).toBe('paused');
  });

  test('plays to a time and says whether it got there', async () => {
    const { subject, ticker } = await player();
    const arrived = subject.playTo(seconds(2));
    await ticker.pass(3000);
    expect(await arrived).toBe('reached');
    expect(subject.time).toBe(seconds(2));
    expect(subject.status).toBe('paused');
    const stopped = subject.playTo(seconds(4));
    await ticker.pass(200);
    subject.pause();
    expect(await stopped).toBe('stopped');
  });

  test('never passes the limit a lesson sets', async () => {
    const { subject, ticker, after } = await player();
    subject.limit = seconds(3);
    subject.play();
    await ticker.pass(5000);
    expect(subject.time).toBe(seconds(3));
    await after(subject.end());
    expect(subject.time).toBe(seconds(3));
    await after(subject.step());
    expect(subject.time).toBe(seconds(3));
  });

  test('loops', async () => {
    const { subject, ticker } = await player();
    subject.loop = { from: seconds(1), to: seconds(2) };
    subject.play();
    await ticker.pass(2500);
    expect(subject.time).toBeGreaterThanOrEqual(seconds(1));
    expect(subject.time).toBeLessThan(seconds(2));
  });

  test('with reduced motion, playing is one fact every 1.5 s', async () => {
    const { subject, ticker } = await player({ reducedMotion: () => true });
    subject.play();
    await ticker.pass(100);
    expect(subject.fact).toBe(0);
    await ticker.pass(1400);
    expect(subject.fact).toBe(0);
    await ticker.pass(1500);
    expect(subject.fact).toBe(1);
    expect(subject.status).toBe('playing');
    subject.pause();
    await ticker.pass(5000);
    expect(subject.fact).toBe(1);
  });
});

describe('going places', () => {
  test('while dragged, only the latest place asked for is fetched', async () => {
    const { subject, host, ticker } = await player();
    host.asked = [];
    subject.scrubStart();
    for (let second = 1; second <= 9; second++) void subject.seek(seconds(second));
    expect(subject.time).toBe(seconds(9));
    await ticker.pass(60);
    subject.scrubEnd();
    expect(host.asked.map(({ time }) => time)).toEqual([seconds(9)]);
    expect(subject.view.time).toBe(seconds(9));
  });

  test('plays on after scrubbing if it played before', async () => {
    const { subject, ticker } = await player();
    subject.play();
    subject.scrubStart();
    expect(subject.playing).toBe(false);
    void subject.seek(seconds(5));
    await ticker.pass(100);
    expect(subject.time).toBe(seconds(5));
    subject.scrubEnd();
    await ticker.pass(1000);
    expect(subject.time).toBe(seconds(6));
  });

  test('steps from fact to fact, two at one instant one by one, and to the end after the last', async () => {
    const { subject, after } = await player();
    const seen: unknown[] = [];
    for (let count = 0; count < 7; count++) {
      await after(subject.step());
      seen.push([subject.time / 1e6, subject.fact]);
    }
    expect(seen).toEqual([[1, 0], [2, 1], [3, 2], [3, 3], [4, 4], [8, 5], [10, null]]); // prettier-ignore
  });

  test('steps back the same way, to the start', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(5)));
    const seen: unknown[] = [];
    for (let count = 0; count < 6; count++) {
      await after(subject.stepBack());
      seen.push([subject.time / 1e6, subject.fact]);
    }
    expect(seen).toEqual([[4, 4], [3, 3], [3, 2], [2, 1], [1, 0], [0, null]]); // prettier-ignore
  });

  test('along a journey when a message is followed', async () => {
    const { subject, after } = await player();
    subject.follow = 1;
    await after(subject.step());
    await after(subject.step());
    expect(subject.fact).toBe(3);
    await after(subject.stepBack());
    expect(subject.fact).toBe(1);
  });

  test('from mark to mark, bookmarks among them', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(6)));
    expect(subject.bookmark()).toBe('set');
    await after(subject.home());
    const seen: number[] = [];
    for (let count = 0; count < 3; count++) {
      await after(subject.nextMark());
      seen.push(subject.time / 1e6);
    }
    expect(seen).toEqual([2, 4, 6]);
    expect(await after(subject.nextMark())).toBe(false);
    await after(subject.previousMark());
    expect(subject.fact).toBe(4);
    await after(subject.previousMark());
    expect(subject.fact).toBe(1);
    expect(await after(subject.previousMark())).toBe(false);
  });
});

describe('acting', () => {
  test('at the frontier it is done at once', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(2)));
    expect(await after(subject.act(seek))).toBe('done');
    expect(subject.inputs).toMatchObject([{ time: seconds(2), action: seek }]);
    expect(subject.branches).toHaveLength(1);
  });

  test('in the past it asks, and forks when told to', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(5)));
    await after(subject.seek(seconds(3)));
    expect(await after(subject.act(seek))).toBe('needs-fork');
    expect(subject.forkQuestion).toEqual({ time: seconds(3), actions: [seek] });
    expect(subject.inputs).toEqual([]);
    await after(subject.answerFork('fork'));
    expect(subject.forkQuestion).toBe(null);
    expect(subject.currentBranch).toMatchObject({ id: 2, name: 'run 2', forkedAt: seconds(3), parent: 1 });
    expect(subject.inputs).toMatchObject([{ time: seconds(3) }]);
    expect(subject.branches[0]).toMatchObject({ id: 1, reach: seconds(5), inputs: [] });
  });

  test('it is done where the person stood, though they go on at once', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(2)));
    const acted = subject.act(seek);
    void subject.end();
    expect(await after(acted)).toBe('done');
    expect(subject.inputs).toMatchObject([{ time: seconds(2), action: seek }]);
    expect(subject.view.time).toBe(seconds(10));
  });

  test('while time goes by it is done now, and asks nothing', async () => {
    const { subject, ticker, after } = await player();
    subject.play();
    await ticker.pass(1010);
    expect(await after(subject.act(seek))).toBe('done');
    expect(subject.inputs[0].time).toBeGreaterThanOrEqual(seconds(1));
    expect(subject.inputs[0].time).toBeLessThan(seconds(1.2));
  });

  test('several actions are done together or not at all', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(5)));
    await after(subject.act([seek, crash]));
    expect(subject.inputs.map(({ action }) => action.name)).toEqual(['seek', 'crash']);
    await after(subject.seek(seconds(3)));
    expect(await after(subject.act([crash, seek]))).toBe('needs-fork');
    await after(subject.answerFork('fork'));
    expect(subject.inputs.map(({ action }) => action.name)).toEqual(['crash', 'seek']);
  });

  test('what was undone in steps is one run to go back to, once something else is done', async () => {
    const { subject, after } = await player({ create: () => Promise.resolve(new FakeHost(history)) });
    for (const second of [2, 3, 4]) {
      await after(subject.seek(seconds(second)));
      await after(subject.act(second === 3 ? crash : seek));
    }
    for (let step = 0; step < 3; step++) expect(await after(subject.undo())).toBe(true);
    expect(subject.undone).toHaveLength(3);
    expect(subject.inputs).toEqual([]);
    await after(subject.act(crash));
    expect(subject.undone).toEqual([]);
    expect(subject.branches.map(({ id }) => id)).toEqual([1, subject.currentBranch.id]);
    expect(subject.branches[0]).toMatchObject({ inputs: [{ time: seconds(2) }, {}, {}] });
    expect(subject.currentBranch.parent).toBe(1);
  });

  test('the answer can be no, and it can be remembered', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(5)));
    await after(subject.seek(seconds(3)));
    await after(subject.act(seek));
    await after(subject.answerFork('stay'));
    expect(subject.branches).toHaveLength(1);
    await after(subject.act(seek));
    await after(subject.answerFork('fork', true));
    await after(subject.seek(seconds(4)));
    await after(subject.seek(seconds(1)));
    expect(await after(subject.act(crash))).toBe('done');
    expect(subject.branches).toHaveLength(3);
  });

  test('switching back shows the other run as it was', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(5)));
    await after(subject.seek(seconds(2)));
    await after(subject.forkHere());
    expect(subject.frontier).toBe(seconds(2));
    await after(subject.seek(seconds(9)));
    await after(subject.switchBranch(1));
    expect(subject.time).toBe(seconds(5));
    expect(subject.currentBranch.name).toBe('run 1');
  });

  test('undo opens a branch without the last input, and redo goes back', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(2)));
    await after(subject.act(seek));
    await after(subject.act(crash));
    await after(subject.seek(seconds(5)));
    expect(await after(subject.undo())).toBe(true);
    expect(subject.time).toBe(seconds(2));
    expect(subject.inputs.map(({ action }) => action.name)).toEqual(['seek']);
    await after(subject.undo());
    expect(subject.inputs).toEqual([]);
    expect(await after(subject.undo())).toBe(false);
    await after(subject.redo());
    await after(subject.redo());
    expect(subject.inputs).toHaveLength(2);
    expect(subject.currentBranch.id).toBe(1);
    expect(subject.canRedo).toBe(false);
  });

  test('undo reaches what was done at the very start', async () => {
    const made: unknown[] = [];
    const { subject, after } = await player({
      create: (recording) => {
        made.push(recording.inputs);
        return Promise.resolve(new FakeHost(history));
      },
    });
    await after(subject.act(seek));
    expect(await after(subject.undo())).toBe(true);
    expect(made).toEqual([[]]);
    expect(subject.inputs).toEqual([]);
  });

  test('another run can be shown and the first brought back', async () => {
    const { subject, host, after } = await player();
    await after(subject.seek(seconds(4)));
    subject.select({ kind: 'address', address: 'search-b' });
    const ghost = new FakeHost(history);
    const comeBack = await after(subject.replaceHost(ghost, { keep: true, endMs: 5000 }));
    expect(subject.time).toBe(0);
    expect(subject.host).toBe(ghost);
    expect(subject.selection).toBe(null);
    await after(comeBack());
    expect(subject.host).toBe(host);
    expect(subject.time).toBe(seconds(4));
    expect(subject.endMs).toBe(10_000);
    expect([host.disposed, ghost.disposed]).toEqual([false, true]);
    await after(subject.replaceHost(new FakeHost(history)));
    expect(host.disposed).toBe(true);
  });
});

describe('details', () => {
  test('facts up to now, marks up to the frontier', async () => {
    const { subject, after } = await player();
    await after(subject.seek(seconds(5)));
    await after(subject.seek(seconds(3)));
    await subject.idle();
    expect(subject.facts.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
    expect(subject.marks).toHaveLength(2);
  });

  test('are fetched ten times a second at most while playing', async () => {
    const { subject, ticker } = await player();
    const before = subject.pulse;
    subject.play();
    await ticker.pass(1000, 10);
    expect(subject.pulse - before).toBeLessThanOrEqual(10);
    expect(subject.pulse - before).toBeGreaterThan(5);
  });

  test('a failure of the run is kept for the screen', async () => {
    const { subject, host, after } = await player();
    host.viewAt = () => Promise.reject(new Error('Broken invariant'));
    await after(subject.seek(seconds(1)));
    expect(subject.failure?.message).toBe('Broken invariant');
    host.viewAt = () => Promise.reject(Object.assign(new Error('too long'), { name: 'RunBound' }));
    await after(subject.seek(seconds(1)));
    expect(subject.status).toBe('stopped at bound');
  });

  test('a window change shows the same instant again', async () => {
    const { subject, host, after } = await player();
    await after(subject.seek(seconds(5)));
    host.asked = [];
    subject.setCells(30);
    subject.setLaneEnd('kafka/shop-events/0', 7);
    await after(subject.idle());
    expect(host.asked).toEqual([
      { time: seconds(5), window: { cells: 30, rows: 12, lanes: { 'kafka/shop-events/0': { to: 7 } } } },
    ]);
  });
});
