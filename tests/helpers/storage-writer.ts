/**
 * The product's own storage, for a page to drive at full speed: writes of every kind, each told as soon as its promise
 * says that it is safe. Journeys evaluate it in the product's page, beside the product, as another tab of it would be.
 */
import { openStorage } from '../../src/storage/open';
import {
  emptyAttempt,
  type Archive,
  type Attempt,
  type SavedRecording,
  type Storage,
} from '../../src/storage/types';
import { faultyRecording } from './recordings';

/** What is safe, says the storage. A recording is written again and again; `write` says which of them is meant. */
export interface Acknowledged {
  readonly kind: 'bet' | 'mark' | 'recording';
  readonly id: string;
  readonly write: number;
}

type Tell = (safe: Acknowledged) => void;

export const slug = 'kafka-log';
/** Runs of one writer: each is written again and again. There is room for a hundred in all. */
const recordingsPerWriter = 20;
/** So many writes are begun before the first is waited for. */
const together = 6;

let stopped = false;

export function stop(): void {
  stopped = true;
}

/**
 * Writes until `stop`, in batches that are not waited for one by one: as the product does. Tells what is safe, and never
 * what is not. Writes are counted on from `from`. Returns how many were begun.
 */
export async function write(tab: string, from: number, tell: Tell): Promise<number> {
  const storage = await openStorage();
  const left = (await storage.progress(slug))?.attempt ?? null;
  let attempt: Attempt = left ?? emptyAttempt(slug, 1);
  let count = from;
  stopped = false;
  while (!stopped) {
    const batch: Promise<void>[] = [];
    for (let index = 0; index < together; index++) {
      const number = ++count;
      const id = `${tab}.${number}`;
      if (index % 3 === 0) {
        attempt = withBet(attempt, id, number);
        batch.push(
          told(storage, tell, storage.saveAttempt(slug, attempt), { kind: 'bet', id, write: number }),
        );
      } else if (index % 3 === 1) {
        const mark = storage.setMark(slug, id, number);
        batch.push(told(storage, tell, mark, { kind: 'mark', id, write: number }));
      } else {
        const row = recording(`${tab}.${number % recordingsPerWriter}`, number);
        const saved = storage.saveRecording(row);
        batch.push(told(storage, tell, saved, { kind: 'recording', id: row.id, write: number }));
      }
    }
    await Promise.all(batch);
  }
  await storage.flush();
  return count - from;
}

/** What is on this device, as an export holds it. */
export async function everything(): Promise<Archive> {
  return (await openStorage()).exportEverything();
}

async function told(storage: Storage, tell: Tell, kept: Promise<void>, what: Acknowledged): Promise<void> {
  await kept;
  if (storage.status().keeping) tell(what);
}

function withBet(attempt: Attempt, id: string, at: number): Attempt {
  return {
    ...attempt,
    changedAt: Date.now(),
    bets: [...attempt.bets, { id, option: 'x', confidence: null, at }],
  };
}

function recording(id: string, write: number): SavedRecording {
  return { id, name: slug, savedAt: write, recording: faultyRecording(), time: 0 };
}
