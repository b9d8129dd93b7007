/**
 * Tries a run from outside before anybody depends on it: that every part exists and takes its options, that edits can
 * be made, and that its moment can be reached with a bounded amount of work.
 */
import { Trace } from '../kernel/trace';
import { BadContent } from './bad-content';
import { buildKernel } from './build';
import { checkEdits } from './design';
import { shortHash, type Instant } from './recording';
import { loadRegistry, UnknownKind } from './registry';
import { hashOf } from './run';
import type { Recording } from './scenario';

/** A lesson played to its end makes a tenth of it. */
export const trialEventsMax = 1_000_000;
const eventsAtOnce = 10_000;

export interface TrialBounds {
  readonly eventsMax: number;
  /** Asked every few milliseconds; false ends the trial. */
  readonly goOn: () => boolean;
}

/** What the run is like at its moment, here and now. */
export interface Tried {
  readonly hash: string;
  /** The fact to stand at; null when there is none, or it is not of that time. */
  readonly fact: number | null;
}

/** Plays the run up to the instant. Throws BadContent with what is wrong with it. */
export async function tryOut(
  recording: Recording,
  { time, fact }: Pick<Instant, 'time' | 'fact'>,
  { eventsMax = trialEventsMax, goOn = () => true }: Partial<TrialBounds> = {},
): Promise<Tried> {
  try {
    const registry = await loadRegistry(recording.scenario);
    checkEdits(recording, registry);
    const trace = new Trace();
    const kernel = buildKernel(recording, registry, trace);
    while (!kernel.runUntil(time, Math.min(kernel.eventCount + eventsAtOnce, eventsMax))) {
      if (kernel.eventCount >= eventsMax || !goOn()) {
        throw new BadContent('tooHeavy', `takes more than ${kernel.eventCount} events to get to`, 'time');
      }
    }
    const known = fact !== null && fact < trace.length && trace.timeOf(fact) === time;
    return { hash: shortHash(hashOf(trace, kernel, time)), fact: known ? fact : null };
  } catch (error) {
    throw asBadContent(error);
  }
}

/** A world of a sort that nobody has tried: whatever goes wrong in it, refusing it costs nothing. */
function asBadContent(error: unknown): BadContent {
  if (error instanceof BadContent) return error;
  const { message } = error as Error;
  return new BadContent(error instanceof UnknownKind ? 'unknown' : 'cannotRun', message.slice(0, 2000));
}
