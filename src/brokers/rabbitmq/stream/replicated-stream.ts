/**
 * A stream on one of several nodes. Every member has the log and reads from it for the consumers of its own node; writes
 * go to the leader, and are confirmed when most members have them. Ours: the members are a Raft group of their own, where
 * osiris has replicas that follow a writer, and a coordinator (itself a Raft group) that says who writes.
 */
import { flush, hear, awaitElection, electionDue, propose, sendAgain, type RaftIo } from '../cluster/raft';
import { newlyLed } from '../cluster/raft-begin';
import type { Origin, RaftMessage, RaftState } from '../cluster/raft-state';
import type { Tagged } from '../../../kernel/machine';
import type { Random } from '../../../kernel/random';
import type { Time } from '../../../kernel/time';
import { MessageEnqueued } from '../facts';
import { LeaderElected } from '../quorum/facts';
import type { ChannelRef, Publication, QueuePort } from '../queue-type';
import { readAll } from './read';
import { appendRecord, cloneStreamLog, type StreamLog } from './stream-log';
import type { StreamState, StreamWrite } from './stream-state';

interface WriteToLeader extends Tagged {
  readonly type: 'StreamWrite';
  readonly write: StreamWrite;
  readonly origin: Origin;
}
interface Written extends Tagged {
  readonly type: 'StreamWritten';
  readonly channel: string;
  readonly seqs: readonly number[];
}
interface Leads extends Tagged {
  readonly type: 'StreamLeader';
  readonly leader: number | null;
}
export type BetweenStreamNodes = WriteToLeader | Written | Leads | RaftMessage<StreamWrite>;

interface Snapshot {
  readonly log: StreamLog;
  readonly writers: ReadonlyMap<string, number>;
}

export class ReplicatedStream implements RaftIo<StreamWrite> {
  readonly now: Time;
  private readonly stream: StreamState;
  private readonly port: QueuePort;
  /** By node and writer. */
  private readonly written = new Map<number, Map<string, number[]>>();

  constructor(stream: StreamState, port: QueuePort) {
    this.stream = stream;
    this.port = port;
    this.now = port.context.now;
  }

  get random(): Random {
    return this.port.context.random(`raft ${this.stream.definition.name}`);
  }

  /** `seq`: of the publish that is to be confirmed. */
  write(publication: Publication, from: ChannelRef | null, confirm: number): void {
    const { stream, port } = this;
    const key = from?.key ?? `node ${port.node}`;
    let writer = stream.clients.get(key);
    if (!writer) stream.clients.set(key, (writer = { channel: from, next: 1, pending: new Map() }));
    const seq = writer.next++;
    writer.pending.set(seq, { publication, confirm });
    this.toLeader(key, seq, publication);
    this.finish();
  }

  private toLeader(writer: string, seq: number, publication: Publication): void {
    const { leader } = this.stream;
    const write: StreamWrite = { writer, seq, publication };
    const origin = { node: this.port.node, channel: writer, seq };
    if (leader === this.port.node) this.take(write, origin);
    else if (leader !== null) this.say(leader, { type: 'StreamWrite', write, origin });
  }

  private take(write: StreamWrite, origin: Origin): void {
    const { raft } = this.stream;
    if (raft?.role === 'leader') propose(raft, write, origin, this);
    else if (origin.node !== this.port.node)
      this.say(origin.node, { type: 'StreamLeader', leader: raft?.leader ?? null });
  }

  private say(node: number, message: BetweenStreamNodes): void {
    this.port.toNode(node, this.stream.definition, message);
  }

  hear(from: number, message: BetweenStreamNodes): void {
    if (message.type === 'StreamWrite') this.take(message.write, message.origin);
    else if (message.type === 'StreamWritten') this.confirm(message.channel, message.seqs);
    else if (message.type === 'StreamLeader') this.follows(message.leader);
    else if (this.stream.raft) hear(this.stream.raft, from, message, this);
    this.finish();
  }

  /** Publishers are told, and consumers are given what is new. */
  finish(): void {
    const { written, port, stream } = this;
    for (const [node, writers] of written) {
      for (const [channel, seqs] of writers) {
        if (node === port.node) this.confirm(channel, seqs);
        else this.say(node, { type: 'StreamWritten', channel, seqs });
      }
    }
    written.clear();
    readAll(stream, port);
  }

  private confirm(writer: string, seqs: readonly number[]): void {
    const client = this.stream.clients.get(writer);
    if (!client) return;
    for (const seq of seqs) {
      const pending = client.pending.get(seq);
      if (!pending) continue;
      client.pending.delete(seq);
      if (client.channel) this.port.confirm(client.channel, this.stream.definition.name, pending.confirm);
    }
  }

  // what Raft asks for

  send(node: number, message: RaftMessage<StreamWrite>): void {
    this.say(node, message);
  }

  setElection(delay: number): void {
    this.clearElection();
    this.raft.election = this.remindOf('election', delay);
  }

  clearElection(): void {
    if (this.raft.election !== null) this.port.context.cancel(this.raft.election);
    this.raft.election = null;
  }

  flushSoon(): void {
    this.stream.flush ??= this.remindOf('flush', 0);
  }

  private remindOf(what: string, delay: number): number {
    const { name: queue, birth } = this.stream.definition;
    return this.port.remind(delay, { type: 'QueueReminder', queue, birth, what });
  }

  /** Once for each writer's number: what comes again was not lost after all. */
  apply({ writer, seq, publication }: StreamWrite, at: Time, origin: Origin | null, leads: boolean): void {
    const { stream } = this;
    const next = stream.writers.get(writer) ?? 1;
    if (seq > next) return;
    if (seq === next) {
      stream.writers.set(writer, seq + 1);
      this.tell(publication, appendRecord(stream.log, publication, at), leads);
    }
    if (leads && origin) this.note(origin);
  }

  private note({ node, channel, seq }: Origin): void {
    let writers = this.written.get(node);
    if (!writers) this.written.set(node, (writers = new Map<string, number[]>()));
    const seqs = writers.get(channel);
    if (seqs) seqs.push(seq);
    else writers.set(channel, [seq]);
  }

  /** A new leader may apply what an old one had applied: history is told once. */
  private tell({ message, cause }: Publication, position: number, leads: boolean): void {
    const { context } = this.port;
    const { address: subject, birth } = this.stream.definition;
    const name = `${subject} ${birth} accepted`;
    if (!leads || position < (context.notes.get(name)?.[0] ?? 0)) return;
    context.notes.set(name, [position + 1]);
    context.emit({ is: MessageEnqueued, subject, message, position, cause });
  }

  skip(): void {
    // an entry that is none leaves nothing in the stream
  }

  leads(): void {
    const { stream, port } = this;
    const { term } = this.raft;
    const subject = stream.definition.address;
    if (term > 1) port.context.emit({ is: LeaderElected, subject, position: port.node, amount: term });
    for (const node of port.nodes)
      if (node !== port.node && port.isUp(node)) this.say(node, { type: 'StreamLeader', leader: port.node });
  }

  /** What is not confirmed is written once more, in order (rabbit_stream_queue.erl, resend_all/1). */
  follows(leader: number | null): void {
    const { stream } = this;
    if (stream.leader === leader) return;
    stream.leader = leader;
    if (leader === null) return;
    for (const [writer, { pending }] of stream.clients)
      for (const [seq, { publication }] of [...pending]) this.toLeader(writer, seq, publication);
  }

  takeSnapshot(): Snapshot {
    return { log: cloneStreamLog(this.stream.log), writers: new Map(this.stream.writers) };
  }

  installSnapshot(snapshot: unknown): void {
    const { log, writers } = snapshot as Snapshot;
    this.stream.log = cloneStreamLog(log);
    this.stream.writers = new Map(writers);
  }

  // what happens to nodes, and by the clock

  start(): void {
    const { stream, port } = this;
    const { raft, members } = stream;
    if (!raft) {
      stream.leader = port.isUp(members[0]) ? members[0] : null;
    } else if (raft.term === 0) {
      newlyLed(raft, this);
      stream.leader = raft.leader;
      if (!port.isUp(members[0])) awaitElection(raft, 'long', this);
    } else {
      awaitElection(raft, 'long', this);
    }
    this.finish();
  }

  remind(what: string): void {
    const { raft } = this.stream;
    if (what === 'flush') this.stream.flush = null;
    if (raft && what === 'flush') flush(raft, this);
    if (raft && what === 'election') electionDue(raft, this);
    this.finish();
  }

  nodeChanged(node: number, what: 'up' | 'down' | 'suspected' | 'heard'): void {
    const { stream } = this;
    const { raft } = stream;
    if (what === 'down' && stream.leader === node) this.follows(null);
    if (raft?.role === 'leader') {
      if (what !== 'up') return;
      sendAgain(raft, node, this);
      this.say(node, { type: 'StreamLeader', leader: this.port.node });
    } else if (raft?.leader === node) {
      if (what === 'down') awaitElection(raft, 'short', this);
      else if (what === 'suspected') awaitElection(raft, 'long', this);
      else if (what === 'heard') this.clearElection();
    }
    this.finish();
  }

  private get raft(): RaftState<StreamWrite> {
    return this.stream.raft!;
  }
}
