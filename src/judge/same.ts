import type { NewFact } from '../kernel/fact';
import type { Same } from './goal';

/** The entry that a fact belongs to; null when it lacks one of the fields. */
export type Find<Entry> = (process: string, fact: NewFact) => Entry | null;

type Key = string | number;

/** Few values first: then the deepest map, the only one that grows with the run, exists a few times only. */
const order: readonly Same[] = ['group', 'process', 'subject', 'position', 'message'];

/** Sorts facts by what they have in common; an entry is made when its first fact is found. */
export function sortedBy<Entry>(same: readonly Same[], make: () => Entry): Find<Entry> {
  const fields = order.filter((field) => same.includes(field));
  if (fields.length > 0) return level(fields, make);
  const only = make();
  return () => only;
}

function level<Entry>(fields: readonly Same[], make: () => Entry): Find<Entry> {
  const read = readers[fields[0]];
  const rest = fields.slice(1);
  if (rest.length === 0) {
    const entries = new Map<Key, Entry>();
    return (process, fact) => {
      const key = read(process, fact);
      return key === null ? null : found(entries, key, make);
    };
  }
  const levels = new Map<Key, Find<Entry>>();
  return (process, fact) => {
    const key = read(process, fact);
    return key === null ? null : found(levels, key, () => level(rest, make))(process, fact);
  };
}

function found<Entry>(entries: Map<Key, Entry>, key: Key, make: () => Entry): Entry {
  let entry = entries.get(key);
  if (entry === undefined) entries.set(key, (entry = make()));
  return entry;
}

const readers: Record<Same, (process: string, fact: NewFact) => Key | null> = {
  message: (_, fact) => present(fact.message),
  position: (_, fact) => present(fact.position),
  group: (_, fact) => fact.group || null,
  subject: (_, fact) => fact.subject,
  process: (process) => process,
};

/** One field of a fact; null when it lacks it. */
export function readSame(field: Same, process: string, fact: NewFact): Key | null {
  return readers[field](process, fact);
}

function present(value: number | undefined): number | null {
  return value === undefined || value < 0 ? null : value;
}
