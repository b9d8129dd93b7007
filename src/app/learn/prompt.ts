/**
 * A small question on the way: somebody has crashed, nobody reads its partition for a while. Which offset will the
 * next owner read first? Made from what is on stage, so every lesson with a group and a crash has it for nothing.
 */
import type { Fact, FactId } from '../../kernel/fact';
import type { Lane, Process } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { unsettledBy } from './gap';

export interface Prompt {
  /** Names the crash, so that an answer is remembered with it. */
  readonly id: string;
  readonly who: string;
  readonly lane: string;
  /** When the coordinator gives the member up; null when it is not known. */
  readonly at: Time | null;
  /** Ascending: committed, what the crashed one had done, the log end. */
  readonly offsets: readonly number[];
}

/** The question that is open now; null when nobody's partition is orphaned. */
export function promptOf(view: View, facts: readonly Fact[]): Prompt | null {
  for (const group of view.shapes) {
    if (group.shape !== 'group') continue;
    for (const { process, owns, expiresAt } of group.members) {
      const broken = view.shapes.find(
        (shape): shape is Process =>
          shape.shape === 'process' && shape.name === process && shape.condition === 'crashed',
      );
      const lane = view.shapes.find(
        (shape): shape is Lane => shape.shape === 'lane' && shape.address === owns[0],
      );
      const crash = facts.findLast((fact) => fact.kind === 'crashed' && fact.subject === process);
      if (!broken || !lane || !crash) continue;
      const committed =
        lane.pointers.find((pointer) => pointer.group === group.name)?.committed ?? lane.logStart;
      const applied = committed + unsettledBy(broken, facts).length;
      return {
        id: promptId(group.name, lane.address, crash.id),
        who: process,
        lane: lane.address,
        at: expiresAt,
        offsets: threeOf(committed, applied, lane),
      };
    }
  }
  return null;
}

/** The numbers a person could mean; one more when two of them coincide. */
function threeOf(committed: number, applied: number, { logStart, logEnd }: Lane): readonly number[] {
  const offsets = new Set([committed, applied, logEnd]);
  if (offsets.size < 3 && committed > logStart) offsets.add(committed - 1);
  return [...offsets].sort((a, b) => a - b);
}

function promptId(group: string, lane: string, crash: FactId): string {
  return `next-read ${group} ${lane} ${crash}`;
}

export function isPrompt(id: string): boolean {
  return id.startsWith('next-read ');
}

/** The offset that was read first after the crash; null before that has happened. */
export function readAfter(id: string, facts: readonly Fact[]): number | null {
  const [, group, lane, crash] = id.split(' ');
  const first = facts.find(
    (fact) =>
      fact.id > Number(crash) &&
      fact.group === group &&
      fact.subject === lane &&
      (fact.kind === 'delivered' || fact.kind === 'redelivered'),
  );
  return first?.position ?? null;
}
