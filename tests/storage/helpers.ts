import type { Recording } from '../../src/scenario/scenario';
import { MemoryShelf } from '../../src/storage/memory';
import { KeptStorage } from '../../src/storage/storage';
import { emptyAttempt, type Attempt, type SavedRecording } from '../../src/storage/types';
import type { TextStore } from '../../src/storage/text-store';

export const recording: Recording = {
  engine: '0.1.0',
  scenario: {
    version: 1,
    name: 'log',
    latencyMs: 1,
    links: [],
    brokers: [{ name: 'kafka', kind: 'kafka', topics: [{ name: 'shop-events', partitions: 3 }] }],
    services: [],
    schedule: [],
    endMs: 20_000,
  },
  seed: 7,
  inputs: [
    { time: 1000, order: 0, action: { class: 'fault', name: 'crash', target: 'search-a', options: {} } },
  ],
};

export function attempt(step: string, changedAt: number, slug = 'kafka-log'): Attempt {
  return { ...emptyAttempt(slug, 1), step, changedAt };
}

/** An attempt in which something stands in every field. */
export function fullAttempt(): Attempt {
  return {
    ...attempt('fix', 900),
    bets: [{ id: 'left', option: 'cursor', confidence: 'unsure', at: 10 }],
    observations: [{ id: 'what', option: 'all', right: false, at: 20 }],
    answers: [{ id: 'transfer', option: '6', confidence: null, right: null, at: 30 }],
    hintsOpened: [{ goal: 'a', stage: 1, at: 40 }],
    judged: [{ goal: 'a', verdict: 'shown', proved: false, recording: 'run-2', at: 50 }],
    goalShown: true,
    solutionSeen: ['b'],
    recordings: [
      { id: 'run-1', recording, forkedAt: null, parent: null },
      { id: 'run-2', recording, forkedAt: 4_100_000, parent: 'run-1' },
    ],
    currentRecording: 'run-2',
    time: 10_300_000,
    flow: { lens: 1000, open: ['partition'] },
  };
}

export function saved(id: string, savedAt: number): SavedRecording {
  return { id, name: `run ${id}`, savedAt, recording, time: 0 };
}

/** localStorage, without a browser. */
export function textStore(): TextStore {
  const rows = new Map<string, string>();
  return {
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
    removeItem: (key) => void rows.delete(key),
    key: (index) => [...rows.keys()][index] ?? null,
    get length() {
      return rows.size;
    },
  };
}

/** Keys of what was left for the next start. */
export function unsavedIn(store: TextStore): readonly (string | null)[] {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
  return keys.filter((key) => key?.startsWith('alo.unsaved'));
}

/** A device whose writes can be held back, counted and made to fail. */
export class FakeDevice extends MemoryShelf {
  readonly written: Attempt[] = [];
  failure: Error | null = null;
  unreadable: string[] = [];
  private gate: Promise<void> = Promise.resolve();

  /** Holds writes back until the returned function is called. */
  hold(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  override async read() {
    if (this.failure) throw this.failure;
    const contents = new MemoryShelf();
    void contents.putAll(this);
    return { contents, unreadable: this.unreadable, revisions: new Map(this.revisions) };
  }

  override async putAttempt(row: Attempt, known: string | null = null) {
    await this.gate;
    if (this.failure) throw this.failure;
    this.written.push(row);
    return super.putAttempt(row, known);
  }
}

export async function storageOn(device: FakeDevice, text: TextStore | null = null): Promise<KeptStorage> {
  const storage = new KeptStorage(text, () => 5000);
  await storage.attach(device);
  return storage;
}

export function browserError(name: string): Error {
  return Object.assign(new Error('as a browser says it'), { name });
}
