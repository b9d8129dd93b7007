import type { Fact, FactId, FactKind, FactSink, FactType } from './fact';
import type { Hasher } from './hash';
import { invariant } from './invariant';
import type { Time } from './time';

const rowsPerChunk = 4096;
const wordsMax = 65536;

/**
 * 32 bytes a fact, in two columns: the more arrays a fact is spread over, the more of the time goes into finding them. Names
 * are interned; details are rare and live beside the columns.
 */
interface Chunk {
  readonly time: Float64Array;
  /** Six words a fact, in the order of `at`. */
  readonly words: Int32Array;
}

/** Where a fact's words are. The first two hold two numbers of 16 bits each, the later one in the upper half. */
const at = { processAndType: 0, subjectAndGroup: 1, message: 2, position: 3, amount: 4, cause: 5 } as const;
const wordsPerRow = 6;

const lowerHalf = (word: number): number => word & 0xffff;
const upperHalf = (word: number): number => word >>> 16;

function newChunk(): Chunk {
  return { time: new Float64Array(rowsPerChunk), words: new Int32Array(rowsPerChunk * wordsPerRow) };
}

const cached = 32;

/** Text that occurs again and again, by number. Number 0 is ''. */
class Words {
  readonly list: string[] = [''];
  private readonly ids = new Map<string, number>([['', 0]]);
  /** The latest of each length: names that take turns are of different lengths as a rule. */
  private readonly latest: string[] = new Array<string>(cached).fill('');
  private readonly latestIds = new Int32Array(cached);

  id(text: string): number {
    const place = text.length % cached;
    if (text === this.latest[place]) return this.latestIds[place];
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.list.length;
      invariant(id < wordsMax, `a run names fewer than ${wordsMax} things`);
      this.list.push(text);
      this.ids.set(text, id);
    }
    this.latest[place] = text;
    this.latestIds[place] = id;
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
  /** Words of subjects, groups and processes apart, so that each column's repeats hit its own cache. */
  private subjects = new Words();
  private groups = new Words();
  private processes = new Words();
  private types: TypeRow[] = [];
  /** FactType.index → number in `types`, or undefined. */
  private typeNumbers: number[] = [];

  constructor(details: Map<FactId, string> = new Map()) {
    this.details = details;
  }

  write(
    id: FactId,
    time: Time,
    process: string,
    cause: FactId,
    is: FactType,
    subject: string,
    message: number,
    position: number,
    group: string,
    amount: number,
    detail: string,
  ): void {
    if (id < this.length) {
      if (this.verify)
        this.compare({ id, time, process, kind: is.kind, type: is.name, subject, message, position, group, amount, detail, cause }); // prettier-ignore
      return;
    }
    const row = id % rowsPerChunk;
    if (row === 0) this.chunks.push(newChunk());
    const { time: times, words } = this.chunks[this.chunks.length - 1];
    times[row] = time;
    const type = this.typeNumbers[is.index] ?? this.addType(is);
    const groupWord = group === '' ? 0 : this.groups.id(group);
    const first = row * wordsPerRow;
    words[first] = this.processes.id(process) | (type << 16);
    words[first + at.subjectAndGroup] = this.subjects.id(subject) | (groupWord << 16);
    words[first + at.message] = message;
    words[first + at.position] = position;
    words[first + at.amount] = amount;
    words[first + at.cause] = cause;
    if (detail !== '') this.details.set(id, detail);
    this.length++;
  }

  fact(id: FactId): Fact {
    if (!(id >= 0 && id < this.length))
      throw new RangeError(`No fact ${id}: this history has ${this.length}.`);
    const { time, words } = this.chunks[Math.floor(id / rowsPerChunk)];
    const row = id % rowsPerChunk;
    const first = row * wordsPerRow;
    const type = this.types[upperHalf(words[first])];
    return {
      id,
      time: time[row],
      process: this.processes.list[lowerHalf(words[first])],
      kind: type.kind,
      type: type.name,
      subject: this.subjects.list[lowerHalf(words[first + at.subjectAndGroup])],
      message: words[first + at.message],
      position: words[first + at.position],
      amount: words[first + at.amount],
      group: this.groups.list[upperHalf(words[first + at.subjectAndGroup])],
      detail: this.details.get(id) ?? '',
      cause: words[first + at.cause],
    };
  }

  timeOf(id: FactId): Time {
    return this.chunks[Math.floor(id / rowsPerChunk)].time[id % rowsPerChunk];
  }

  kindOf(id: FactId): FactKind {
    return this.types[upperHalf(this.wordOf(id, at.processAndType))].kind;
  }

  messageOf(id: FactId): number {
    return this.wordOf(id, at.message);
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
      const { time, words } = this.chunks[Math.floor(id / rowsPerChunk)];
      const row = id % rowsPerChunk;
      const first = row * wordsPerRow;
      const type = this.types[upperHalf(words[first])];
      hasher.number(time[row]);
      hasher.int(digest(this.processes.list[lowerHalf(words[first])]));
      hasher.int(digest(type.kind));
      hasher.int(digest(type.name));
      hasher.int(digest(this.subjects.list[lowerHalf(words[first + at.subjectAndGroup])]));
      hasher.int(digest(this.groups.list[upperHalf(words[first + at.subjectAndGroup])]));
      hasher.int(words[first + at.message]);
      hasher.int(words[first + at.position]);
      hasher.int(words[first + at.amount]);
      hasher.int(words[first + at.cause]);
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

  private wordOf(id: FactId, word: number): number {
    return this.chunks[Math.floor(id / rowsPerChunk)].words[(id % rowsPerChunk) * wordsPerRow + word];
  }

  private addType({ kind, name, index }: FactType): number {
    const number = this.types.length;
    this.types.push({ kind, name });
    this.typeNumbers[index] = number;
    return number;
  }

  private compare(replayed: Fact): void {
    const known = this.fact(replayed.id);
    const same = (Object.keys(known) as (keyof Fact)[]).every((key) => known[key] === replayed[key]);
    invariant(
      same,
      `replay repeats fact ${known.id}: recorded ${known.type} on ${known.subject} at ${known.time}, replayed ${replayed.type} on ${replayed.subject} at ${replayed.time}`,
    );
  }
}

function copyChunk({ time, words }: Chunk): Chunk {
  return { time: time.slice(), words: words.slice() };
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
