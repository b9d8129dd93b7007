import type { Context } from '../../kernel/machine';

/**
 * Notes that a record was handed to a group's handler and says whether it had been before, by any member in any life.
 * Kafka tells nobody: a consumer cannot know whether what it reads was read already (the log has no redelivered flag,
 * unlike AMQP). So this is the observer's knowledge; it decides what the fact is called and nothing else.
 * Kept exactly, as ascending ranges [from, to) in one flat list; reading on extends the last of them.
 */
export function deliveredBefore(notes: Context['notes'], name: string, position: number): boolean {
  const ranges = notes.get(name);
  if (ranges === undefined) {
    notes.set(name, [position, position + 1]);
    return false;
  }
  if (position === ranges[ranges.length - 1]) {
    notes.set(name, ranges.length === 2 ? [ranges[0], position + 1] : [...ranges.slice(0, -1), position + 1]);
    return false;
  }
  // first range that ends at or after the position
  let at = 0;
  while (at < ranges.length && ranges[at + 1] < position) at += 2;
  if (at < ranges.length && ranges[at] <= position && position < ranges[at + 1]) return true;
  notes.set(name, withPosition(ranges, at, position));
  return false;
}

/** Name of the note about what a group has been given of a lane. */
export function deliveredNote(group: string, lane: string): string {
  return `delivered to ${group} from ${lane}`;
}

/** Whether a record was ever handed to the group's handler, by what was noted. */
export function wasDelivered(ranges: readonly number[] | undefined, position: number): boolean {
  if (ranges === undefined) return false;
  for (let at = 0; at < ranges.length; at += 2) if (position < ranges[at + 1]) return position >= ranges[at];
  return false;
}

/** `ranges` with one more position, which lies in none of them; `at` is the first range that ends at or after it. */
function withPosition(ranges: readonly number[], at: number, position: number): number[] {
  const joinsLeft = at < ranges.length && ranges[at + 1] === position;
  const right = joinsLeft ? at + 2 : at;
  const joinsRight = right < ranges.length && ranges[right] === position + 1;
  const from = joinsLeft ? ranges[at] : position;
  const to = joinsRight ? ranges[right + 1] : position + 1;
  const next = joinsRight ? right + 2 : right;
  return [...ranges.slice(0, at), from, to, ...ranges.slice(next)];
}
