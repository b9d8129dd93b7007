/** One member of a Raft group, as the ra library has them (ra_server.erl, 2.14): what quorum queues and streams are replicated by. */
import type { TimerId } from '../../../kernel/machine';
import { ChunkedLog } from '../../../kernel/structures/chunked-log';
import type { Time } from '../../../kernel/time';

/** Who waits to hear that a command has been applied: a channel, and its number for the command. */
export interface Origin {
  readonly node: number;
  readonly channel: string;
  readonly seq: number;
}

export interface RaftEntry<Command> {
  readonly term: number;
  /** null: nothing. A leader begins with one, so that what was there before it is committed with it. */
  readonly command: Command | null;
  /** When the leader took it. */
  readonly at: Time;
  readonly origin: Origin | null;
}

/** What a leader knows of another member. */
export interface Peer {
  /** Entry to be sent next. */
  next: number;
  /** Last entry that it is known to have. */
  match: number;
  /** Commit index it was told last. */
  toldCommit: number;
  /** It has been sent a snapshot, and has not answered. */
  isInstalling: boolean;
}

export interface RaftState<Command> {
  /** Node numbers; the first is asked to lead at first. */
  readonly members: readonly number[];
  readonly self: number;
  // kept over a crash
  term: number;
  votedFor: number | null;
  /** Its first item is no entry, but what comes before the first. */
  log: ChunkedLog<RaftEntry<Command>>;
  /** Index of that item. */
  base: number;
  commit: number;
  applied: number;
  // of this life
  role: 'follower' | 'pre-candidate' | 'candidate' | 'leader';
  leader: number | null;
  /** Of those that voted for it. */
  votes: readonly number[];
  peers: Map<number, Peer>;
  election: TimerId | null;
}

export type RaftMessage<Command> =
  AppendEntries<Command> | AppendEntriesReply | RequestVote | VoteReply | InstallSnapshot | SnapshotInstalled;

export interface AppendEntries<Command> {
  readonly type: 'AppendEntries';
  readonly term: number;
  readonly prevIndex: number;
  readonly prevTerm: number;
  readonly entries: readonly RaftEntry<Command>[];
  readonly commit: number;
}
export interface AppendEntriesReply {
  readonly type: 'AppendEntriesReply';
  readonly term: number;
  readonly success: boolean;
  /** Last entry that it has in common with the leader, or may have. */
  readonly lastIndex: number;
}
export interface RequestVote {
  readonly type: 'RequestVote';
  /** A question whether it would get the vote: nothing is promised. */
  readonly isPreVote: boolean;
  readonly term: number;
  readonly lastIndex: number;
  readonly lastTerm: number;
}
export interface VoteReply {
  readonly type: 'VoteReply';
  readonly isPreVote: boolean;
  readonly term: number;
  readonly granted: boolean;
}
/** For a member that lacks entries which are gone. */
export interface InstallSnapshot {
  readonly type: 'InstallSnapshot';
  readonly term: number;
  readonly index: number;
  readonly lastTerm: number;
  /** State of the machine after that entry. Not to be changed. */
  readonly snapshot: unknown;
}
export interface SnapshotInstalled {
  readonly type: 'SnapshotInstalled';
  readonly term: number;
  readonly index: number;
}

export function newRaft<Command>(self: number, members: readonly number[]): RaftState<Command> {
  return {
    members,
    self,
    term: 0,
    votedFor: null,
    log: logAfter(0),
    base: 0,
    commit: 0,
    applied: 0,
    role: 'follower',
    leader: null,
    votes: [],
    peers: new Map(),
    election: null,
  };
}

/** A log that begins after an entry of this term. */
export function logAfter<Command>(term: number): ChunkedLog<RaftEntry<Command>> {
  const log = new ChunkedLog<RaftEntry<Command>>();
  log.push({ term, command: null, at: 0, origin: null });
  return log;
}

export function cloneRaft<Command>(raft: RaftState<Command>): RaftState<Command> {
  return {
    ...raft,
    log: raft.log.clone(),
    peers: new Map([...raft.peers].map(([node, peer]) => [node, { ...peer }])),
  };
}

/** What a crash leaves: its promises and its log. */
export function restartRaft<Command>(raft: RaftState<Command>): void {
  Object.assign(raft, { role: 'follower', leader: null, votes: [], peers: new Map(), election: null });
}

export function lastIndex<Command>({ base, log }: RaftState<Command>): number {
  return base + log.end - 1;
}

/** undefined: it is not there any more, or not yet. */
export function entryAt<Command>(
  { base, log }: RaftState<Command>,
  index: number,
): RaftEntry<Command> | undefined {
  // prettier-ignore
  return log.at(index - base);
}

export function lastTerm<Command>(raft: RaftState<Command>): number {
  return entryAt(raft, lastIndex(raft))!.term;
}

export function majorityOf({ members }: { readonly members: readonly number[] }): number {
  return Math.floor(members.length / 2) + 1;
}
