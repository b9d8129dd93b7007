import { Player } from '../../src/app/player.svelte';
import type { Warmup } from '../../src/app/learn/parts';
import { LessonSession } from '../../src/app/learn/session.svelte';
import { loadLesson } from '../../src/course/load';
import { createLocalHost } from '../../src/scenario/local-host';
import { prove } from '../../src/scenario/prove';
import type { Attempt, LessonProgress, SavedRecording, Storage } from '../../src/storage/types';
import { FakeTicker } from './fake-host';

/** What a session needs of the storage, kept in a variable. */
export class OneLesson {
  attempt: Attempt | null = null;
  readonly marks = new Map<string, number>();
  readonly others: LessonProgress[] = [];
  readonly recordings: SavedRecording[] = [];

  get storage(): Storage {
    const part: Partial<Storage> = {
      progress: (slug) =>
        Promise.resolve({ slug, marks: Object.fromEntries(this.marks), attempt: this.attempt, changedAt: 0 }),
      allProgress: () => Promise.resolve(this.others),
      saveAttempt: (_, attempt) => {
        // What cannot be said in JSON would be lost on a device.
        this.attempt = JSON.parse(JSON.stringify(attempt)) as Attempt;
        return Promise.resolve();
      },
      saveRecording: (recording) => {
        this.recordings.push(recording);
        return Promise.resolve();
      },
      setMark: (_, mark, at) => {
        if (!this.marks.has(mark)) this.marks.set(mark, at);
        return Promise.resolve();
      },
    };
    return part as Storage;
  }
}

/** A person in a lesson: the real lesson, simulator and judge; time passes when the test says so. */
export async function person(kept = new OneLesson(), warmups: readonly Warmup[] = [], slug = 'kafka-log') {
  const ticker = new FakeTicker();
  const { lesson, words } = await loadLesson(slug, 'en');
  const opening = LessonSession.open({
    lesson,
    words,
    storage: kept.storage,
    createHost: createLocalHost,
    createPlayer: (options) => new Player({ ...options, ticker, reducedMotion: () => false }),
    prove,
    now: () => 0,
    warmups,
  });
  const session = await settled(opening, ticker);
  /** Screen time goes by; the page looks as often as it does when it is real. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let gone = 0; gone < milliseconds; gone += 100) {
      await ticker.pass(100);
      session.onTime();
      await settled(session.onPulse(), ticker);
    }
  };
  const done = async <T>(work: Promise<T>): Promise<T> => {
    const result = await settled(work, ticker);
    await pass(200);
    return result;
  };
  return { session, kept, pass, done, player: session.player };
}

/** Lets time pass until the promise has settled: whatever is shown waits for a frame. */
async function settled<T>(promise: Promise<T>, ticker: FakeTicker): Promise<T> {
  let over = false;
  void promise.finally(() => (over = true)).catch(() => {});
  while (!over) {
    await ticker.pass(20);
    // Chunks of the lesson are loaded in real time.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return promise;
}
