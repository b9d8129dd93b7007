import type { Fact, FactId, FactKind, FactSink, NewFact } from './fact';
import type { Hasher } from './hash';
import { invariant } from './invariant';
import type { Time } from './time';

const rowsPerChunk = 4096;
const wordsMax = 65536;

/** 32 bytes a fact. Names are interned; details are rare and live beside the columns. */
interface Chunk {
  time: Float64Array;
  process: Uint16Array;
  type: Uint16Array;
  subject: Uint16Array;
  group: Uint16Array;
  message: Int32Array;
  position: Int32Array;
  amount: Int32Array;
  cause: Int32Array;
}

function newChunk(): Chunk {
  return {
    time: new Float64Array(rowsPerChunk),
    process: new Uint16Array(rowsPerChunk),
    type: new Uint16Array(rowsPerChunk),
    subject: new Uint16Array(rowsPerChunk),
    group: new Uint16Array(rowsPerChunk),
    message: new Int32Array(rowsPerChunk),
    position: new Int32Array(rowsPerChunk),
    amount: new Int32Array(rowsPerChunk),
    cause: new Int32Array(rowsPerChunk),
  };
}

/** Text that occurs again and again, by number. Number 0 is ''. */
class Words {
  readonly list: string[] = [''];
  private readonly ids = new Map<string, number>([['', 0]]);
  private lastText = '';
  private lastId = 0;

  id(text: string): number {
    if (text === this.lastText) return this.lastId;
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.list.length;
      invariant(id < wordsMax, `a run names fewer than ${wordsMax} things`);
      this.list.push(text);
      this.ids.set(text, id);
    }
    this.lastText = text;
    this.lastId = id;
    return id;
  }

  copy(): Words {
    const copy = new Words();
    for (let i = 1; i < this.list.length; i++) copy.id(this.list[i]);
    return copy;
  }
}

/** Position of a type in the trace: its kind and its name. */
interface TypeRow {
  readonly kind: FactKind;
  readonly name: string;
}

/**
 * History: facts in packed columns, append-only. Facts it already has are ignored (or, with `verify`, compared: the
 * way a stray clock or a lost draw is found), so replaying the known past needs no other mode.
 */
export class Trace implements FactSink {
  length = 0;
  verify = false;
  private chunks: Chunk[] = [];
  private readonly details: Map<FactId, string>;
  /** Words of subjects, groups and processes apart, so that each column's repeats hit its own one-entry cache. */
  private subjects = new Words();
  private groups = new Words();
  private processes = new Words();
  private types: TypeRow[] = [];
  /** FactType.index → number in `types`, or undefined. */
  private typeNumbers: number[] = [];

  constructor(details: Map<FactId, string> = new Map()) {
    this.details = details;
  }

  write(id: FactId, time: Time, process: string, cause: FactId, fact: NewFact): void {
    if (id < this.length) {
      if (this.verify) this.compare(id, time, process, cause, fact);
      return;
    }
    const row = id % rowsPerChunk;
    if (row === 0) this.chunks.push(newChunk());
    const chunk = this.chunks[this.chunks.length - 1];
    chunk.time[row] = time;
    chunk.process[row] = this.processes.id(process);
    chunk.type[row] = this.typeNumbers[fact.is.index] ?? this.addType(fact);
    chunk.subject[row] = this.subjects.id(fact.subject);
    chunk.group[row] = fact.group === undefined ? 0 : this.groups.id(fact.group);
    chunk.message[row] = fact.message ?? -1;
    chunk.position[row] = fact.position ?? -1;
    chunk.amount[row] = fact.amount ?? 0;
    chunk.cause[row] = cause;
    if (fact.detail !== undefined) this.details.set(id, fact.detail);
    this.length++;
  }

  fact(id: FactId): Fact {
    if (!(id >= 0 && id < this.length))
      throw new RangeError(`No fact ${id}: this history has ${this.length}.`);
    const chunk = this.chunks[Math.floor(id / rowsPerChunk)];
    const row = id % rowsPerChunk;
    const type = this.types[chunk.type[row]];
    return {
      id,
      time: chunk.time[row],
      process: this.processes.list[chunk.process[row]],
      kind: type.kind,
      type: type.name,
      subject: this.subjects.list[chunk.subject[row]],
      message: chunk.message[row],
      position: chunk.position[row],
      amount: chunk.amount[row],
      group: this.groups.list[chunk.group[row]],
      detail: this.details.get(id) ?? '',
      cause: chunk.cause[row],
    };
  }

  timeOf(id: FactId): Time {
    return this.chunks[Math.floor(id / rowsPerChunk)].time[id % rowsPerChunk];
  }

  kindOf(id: FactId): FactKind {
    return this.types[this.chunks[Math.floor(id / rowsPerChunk)].type[id % rowsPerChunk]].kind;
  }

  messageOf(id: FactId): number {
    return this.chunks[Math.floor(id / rowsPerChunk)].message[id % rowsPerChunk];
  }

  /** Number of facts with time ≤ `time`. */
  countAt(time: Time): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.timeOf(middle) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  *facts(from = 0, to = this.length): Generator<Fact> {
    for (let id = Math.max(0, from); id < Math.min(to, this.length); id++) yield this.fact(id);
  }

  /** A history that shares the first `count` facts and may go on differently. Full chunks are shared. */
  fork(count: number): Trace {
    const fork = new Trace(new Map([...this.details].filter(([id]) => id < count)));
    const whole = Math.floor(count / rowsPerChunk);
    fork.chunks = this.chunks.slice(0, whole);
    if (count % rowsPerChunk > 0) fork.chunks.push(copyChunk(this.chunks[whole]));
    fork.length = count;
    fork.verify = this.verify;
    fork.subjects = this.subjects.copy();
    fork.groups = this.groups.copy();
    fork.processes = this.processes.copy();
    fork.types = this.types.slice();
    fork.typeNumbers = this.typeNumbers.slice();
    return fork;
  }

  /** Folds every column of the first `count` facts, by meaning: interned numbers enter as their words. */
  hashInto(hasher: Hasher, count = this.length): void {
    const digest = wordHashes(hasher);
    for (let id = 0; id < count; id++) {
      const chunk = this.chunks[Math.floor(id / rowsPerChunk)];
      const row = id % rowsPerChunk;
      const type = this.types[chunk.type[row]];
      hasher.number(chunk.time[row]);
      hasher.int(digest(this.processes.list[chunk.process[row]]));
      hasher.int(digest(type.kind));
      hasher.int(digest(type.name));
      hasher.int(digest(this.subjects.list[chunk.subject[row]]));
      hasher.int(digest(this.groups.list[chunk.group[row]]));
      hasher.int(chunk.message[row]);
      hasher.int(chunk.position[row]);
      hasher.int(chunk.amount[row]);
      hasher.int(chunk.cause[row]);
    }
    for (const [id, detail] of this.details) {
      if (id >= count) continue;
      hasher.int(id);
      hasher.text(detail);
    }
    hasher.int(count);
  }

  /** Bytes held by the columns and details, for the stated memory bound and the bench. */
  get bytes(): number {
    let text = 0;
    for (const detail of this.details.values()) text += 2 * detail.length + 48;
    return this.chunks.length * rowsPerChunk * 32 + text;
  }

  private addType(fact: NewFact): number {
    const number = this.types.length;
    this.types.push({ kind: fact.is.kind, name: fact.is.name });
    this.typeNumbers[fact.is.index] = number;
    return number;
  }

  private compare(id: FactId, time: Time, process: string, cause: FactId, fact: NewFact): void {
    const known = this.fact(id);
    const same =
      known.time === time &&
      known.process === process &&
      known.cause === cause &&
      known.kind === fact.is.kind &&
      known.type === fact.is.name &&
      known.subject === fact.subject &&
      known.message === (fact.message ?? -1) &&
      known.position === (fact.position ?? -1) &&
      known.amount === (fact.amount ?? 0) &&
      known.group === (fact.group ?? '') &&
      known.detail === (fact.detail ?? '');
    invariant(
      same,
      `replay repeats fact ${id}: recorded ${known.type} on ${known.subject} at ${known.time}, replayed ${fact.is.name} on ${fact.subject} at ${time}`,
    );
  }
}

function copyChunk(chunk: Chunk): Chunk {
  const copy = newChunk();
  for (const key of Object.keys(copy) as (keyof Chunk)[]) copy[key].set(chunk[key]);
  return copy;
}

/** Text enters the hash once in full, then by the order in which it first appeared. */
function wordHashes(hasher: Hasher): (text: string) => number {
  const seen = new Map<string, number>();
  return (text) => {
    let number = seen.get(text);
    if (number === undefined) {
      number = seen.size;
      seen.set(text, number);
      hasher.text(text);
    }
    return number;
  };
}
