/** What stands on the time axis, in words: the run's marks, the person's notes, and what is expected to come. */
import type { Body } from '../../kernel/bodies';
import type { Fact, FactId } from '../../kernel/fact';
import type { Group, Process } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import type { Mark, View } from '../../scenario/host';
import type { AxisMark } from '../../stage/charts/marks';
import type { RunLine } from '../../stage/charts/timeline-layout';
import { displayName, shapesOf } from '../../stage/names';
import { sentence } from '../../stage/story/sentence';
import { words } from '../i18n';
import { transport } from '../words/transport.en';
import type { Branch } from './branches';
import type { Note } from './looking.svelte';

const w = words({ en: transport });

export interface AxisMarksOf {
  readonly marks: readonly Mark[];
  readonly markFacts: readonly Fact[];
  readonly notes: readonly Note[];
  readonly bodies: readonly Body[];
}

export function axisMarks({ marks, markFacts, notes, bodies }: AxisMarksOf): AxisMark[] {
  const facts = new Map<FactId, Fact>(markFacts.map((fact) => [fact.id, fact]));
  const ofRun = marks.map(({ time, fact: id, sign, subject, label }): AxisMark => {
    const fact = facts.get(id);
    return {
      time,
      sign,
      subject,
      fact: id,
      label: fact ? shortLabel(fact) : '',
      title: fact ? sentence(fact, { bodies, fact: (cause) => facts.get(cause) }) : label,
    };
  });
  const ofPerson = notes.map(({ time, sign, label, fact }): AxisMark => {
    return { time, sign, label, title: label, fact: fact ?? null, subject: '' };
  });
  return [...ofRun, ...ofPerson].sort((a, b) => a.time - b.time);
}

/** A silent member is given up at a known time, and its partitions get a new owner. */
export function expectedMarks(view: View): AxisMark[] {
  const processes = new Map<string, Process>(
    shapesOf(view.shapes, 'process').map((one) => [one.address, one]),
  );
  return shapesOf(view.shapes, 'group').flatMap((group) =>
    silentMembers(group, processes).map(({ process, at }) => ({
      time: at,
      sign: 'expected' as const,
      label: w.newOwner,
      title: w.expectedOwner(displayName(group.name), displayName(process)),
      fact: null,
      subject: group.address,
    })),
  );
}

/** The other runs, nearest relatives first: the one the present run left, then its own branches, then the rest. */
export function runLines(branches: readonly Branch[], current: Branch): RunLine[] {
  return branches
    .filter(({ id }) => id !== current.id)
    .map(({ id, name, reach }) => ({ id, name, reach, parts: partingOf(id, current.id, branches) }))
    .sort((a, b) => distance(a.id) - distance(b.id) || b.id - a.id);

  function distance(id: number): number {
    return id === current.parent ? 0 : branches.find((one) => one.id === id)?.parent === current.id ? 1 : 2;
  }
}

/** Until when two branches are one run. */
export function partingOf(a: number, b: number, branches: readonly Branch[]): Time {
  const [ways, others] = [wayTo(a, branches), wayTo(b, branches)];
  let parts = Infinity;
  for (const { id, forkedAt } of [...ways, ...others]) {
    const shared = ways.some((one) => one.id === id) && others.some((one) => one.id === id);
    if (!shared && forkedAt !== null) parts = Math.min(parts, forkedAt);
  }
  return parts;
}

function wayTo(id: number, branches: readonly Branch[]): Branch[] {
  const branch = branches.find((one) => one.id === id);
  if (!branch) return [];
  return branch.parent === null ? [branch] : [...wayTo(branch.parent, branches), branch];
}

function silentMembers(
  { members }: Group,
  processes: ReadonlyMap<string, Process>,
): { readonly process: string; readonly at: Time }[] {
  return members.flatMap(({ process, expiresAt }) => {
    const condition = processes.get(process)?.condition;
    const silent = condition === 'crashed' || condition === 'down';
    return silent && expiresAt !== null ? [{ process, at: expiresAt }] : [];
  });
}

function shortLabel({ type, subject, detail, amount }: Fact): string {
  const name = displayName(subject);
  if (type === 'KnobTurned') {
    const [knob, , value] = detail.split(' ');
    return w.turned[knob as keyof typeof w.turned]?.(value ?? '') ?? '';
  }
  return w.markLabel[type as keyof typeof w.markLabel]?.(name, amount) ?? '';
}
