/**
 * Raft as ra does it (ra_server.erl, ra_server_proc.erl, 2.14): nothing is sent while nothing happens; a leader that is
 * gone is noticed by its node, not by missing heartbeats; before anybody stands for election it asks whether it would win.
 * Writing to the log takes no time here. Not modelled: members that come and go, non-voters, checkpoints.
 */
import type { Random } from '../../../kernel/random';
import { ms, type Duration, type Time } from '../../../kernel/time';
import { startElection, stepDown, vote, voted } from './raft-election';
import { entryAt, lastIndex, logAfter, majorityOf, type AppendEntries, type AppendEntriesReply, type InstallSnapshot, type Origin, type Peer, type RaftMessage, type RaftState, type SnapshotInstalled } from './raft-state'; // prettier-ignore

/** What a member may do to the world. */
export interface RaftIo<Command> {
  readonly now: Time;
  readonly random: Random;
  send(node: number, message: RaftMessage<Command>): void;
  /** To be told `electionDue` after so long; another one that was set is forgotten. */
  setElection(delay: Duration): void;
  clearElection(): void;
  /** To be told `flush` at the end of this instant. */
  flushSoon(): void;
  /** The machine takes the next command. As the leader: with all that comes of it. */
  apply(command: Command, at: Time, origin: Origin | null, leads: boolean): void;
  /** The machine takes an entry that is none. */
  skip(): void;
  /** It leads, and knows all that was committed before. */
  leads(): void;
  /** It leads no more, or somebody else does. */
  follows(leader: number | null): void;
  takeSnapshot(): unknown;
  installSnapshot(snapshot: unknown): void;
}

/** Applied entries that are kept for members that lag behind. */
const kept = 1000;
const keptAtMost = 4 * kept;

/** ra's default_broadcast_time, and aten's poll interval. */
const broadcastTime = ms(100);
const pollInterval = ms(5000);

/** How soon a follower stands for election: when the leader's connection is lost, or when its node is only suspected. */
export type Patience = 'none' | 'short' | 'long';

export function awaitElection<Command>(
  raft: RaftState<Command>,
  patience: Patience,
  io: RaftIo<Command>,
): void {
  if (raft.role === 'leader' || raft.election !== null) return;
  if (patience === 'none') io.setElection(io.random.below(broadcastTime) + 1);
  else if (patience === 'short') io.setElection(io.random.below(broadcastTime * 5) + broadcastTime);
  else io.setElection(io.random.below(broadcastTime * 10) + pollInterval);
}

export function electionDue<Command>(raft: RaftState<Command>, io: RaftIo<Command>): void {
  raft.election = null;
  if (raft.role === 'leader') return;
  startElection(raft, true, io);
  winIfAlone(raft, io);
}

function winIfAlone<Command>(raft: RaftState<Command>, io: RaftIo<Command>): void {
  if (raft.votes.length < majorityOf(raft)) return;
  if (raft.role === 'pre-candidate') {
    startElection(raft, false, io);
    return winIfAlone(raft, io);
  }
  if (raft.role === 'candidate') lead(raft, io);
}

/** It has won, or was the first there was. */
export function lead<Command>(raft: RaftState<Command>, io: RaftIo<Command>): void {
  io.clearElection();
  raft.role = 'leader';
  raft.leader = raft.self;
  raft.votes = [];
  const next = lastIndex(raft) + 1;
  raft.peers = new Map();
  for (const node of raft.members)
    if (node !== raft.self) raft.peers.set(node, { next, match: 0, toldCommit: -1, isInstalling: false });
  raft.log.push({ term: raft.term, command: null, at: io.now, origin: null });
  io.follows(raft.self);
  flush(raft, io);
  commitWhatMostHave(raft, io);
}

/** The leader takes a command. It is applied once most members have it. */
export function propose<Command>(
  raft: RaftState<Command>,
  command: Command,
  origin: Origin | null,
  io: RaftIo<Command>,
): void {
  raft.log.push({ term: raft.term, command, at: io.now, origin });
  if (raft.members.length === 1) commitWhatMostHave(raft, io);
  else io.flushSoon();
}

/** Sends every member what it lacks, as far as it is known. */
export function flush<Command>(raft: RaftState<Command>, io: RaftIo<Command>): void {
  if (raft.role !== 'leader') return;
  for (const [node, peer] of raft.peers) sendWhatLacks(raft, node, peer, io);
}

function sendWhatLacks<Command>(
  raft: RaftState<Command>,
  node: number,
  peer: Peer,
  io: RaftIo<Command>,
): void {
  // prettier-ignore
  if (peer.isInstalling) return;
  const last = lastIndex(raft);
  if (peer.next > last && peer.toldCommit >= raft.commit) return;
  const prev = entryAt(raft, peer.next - 1);
  if (!prev) return sendSnapshot(raft, node, peer, io);
  const entries = [];
  for (let index = peer.next; index <= last; index++) entries.push(entryAt(raft, index)!);
  io.send(node, {
    type: 'AppendEntries',
    term: raft.term,
    prevIndex: peer.next - 1,
    prevTerm: prev.term,
    entries,
    commit: raft.commit,
  });
  // what is sent is taken for arrived until it is known better
  peer.next = last + 1;
  peer.toldCommit = raft.commit;
}

function sendSnapshot<Command>(
  raft: RaftState<Command>,
  node: number,
  peer: Peer,
  io: RaftIo<Command>,
): void {
  // prettier-ignore
  peer.isInstalling = true;
  const index = raft.applied;
  const { term } = raft;
  io.send(node, { type: 'InstallSnapshot', term, index, lastTerm: entryAt(raft, index)!.term, snapshot: io.takeSnapshot() }); // prettier-ignore
}

/** The connection to this member was lost, or is there again: what was sent may not have arrived. */
export function sendAgain<Command>(raft: RaftState<Command>, node: number, io: RaftIo<Command>): void {
  const peer = raft.peers.get(node);
  if (!peer || raft.role !== 'leader') return;
  Object.assign(peer, { next: Math.max(peer.match + 1, raft.base + 1), toldCommit: -1, isInstalling: false });
  // a heartbeat at least: the member may have to hear who leads
  sendWhatLacks(raft, node, peer, io);
}

export function hear<Command>(
  raft: RaftState<Command>,
  from: number,
  message: RaftMessage<Command>,
  io: RaftIo<Command>,
): void {
  if (message.term > raft.term && !(message.type === 'RequestVote' && message.isPreVote)) stepDown(raft, message.term, io); // prettier-ignore
  switch (message.type) {
    case 'AppendEntries':
      return append(raft, from, message, io);
    case 'AppendEntriesReply':
      return appended(raft, from, message, io);
    case 'RequestVote':
      return vote(raft, from, message, io);
    case 'VoteReply':
      voted(raft, from, message);
      return winIfAlone(raft, io);
    case 'InstallSnapshot':
      return install(raft, from, message, io);
    case 'SnapshotInstalled':
      return installed(raft, from, message, io);
  }
}

function follow<Command>(raft: RaftState<Command>, leader: number, io: RaftIo<Command>): void {
  io.clearElection();
  raft.role = 'follower';
  raft.votes = [];
  if (raft.leader === leader) return;
  raft.leader = leader;
  io.follows(leader);
}

function append<Command>(
  raft: RaftState<Command>,
  from: number,
  message: AppendEntries<Command>,
  io: RaftIo<Command>,
): void {
  // prettier-ignore
  const reply = (success: boolean, last: number): void =>
    io.send(from, { type: 'AppendEntriesReply', term: raft.term, success, lastIndex: last });
  if (message.term < raft.term) return reply(false, lastIndex(raft));
  follow(raft, from, io);
  const { prevIndex, prevTerm, entries } = message;
  if (prevIndex >= raft.base && entryAt(raft, prevIndex)?.term !== prevTerm) {
    return reply(false, Math.min(lastIndex(raft), prevIndex - 1));
  }
  let index = prevIndex;
  for (const entry of entries) {
    index++;
    if (index <= raft.base) continue;
    const own = entryAt(raft, index);
    if (own?.term === entry.term) continue;
    // what it has instead was never committed
    if (own) raft.log.truncate(index - raft.base);
    raft.log.push(entry);
  }
  applyUpTo(raft, Math.min(message.commit, index), io);
  reply(true, index);
}

function appended<Command>(
  raft: RaftState<Command>,
  from: number,
  message: AppendEntriesReply,
  io: RaftIo<Command>,
): void {
  // prettier-ignore
  const peer = raft.peers.get(from);
  if (raft.role !== 'leader' || !peer || message.term < raft.term) return;
  if (message.success) {
    peer.match = Math.max(peer.match, message.lastIndex);
    peer.next = Math.max(peer.next, peer.match + 1);
    return commitWhatMostHave(raft, io);
  }
  peer.next = Math.max(peer.match + 1, Math.min(message.lastIndex + 1, peer.next));
  peer.toldCommit = -1;
  io.flushSoon();
}

function commitWhatMostHave<Command>(raft: RaftState<Command>, io: RaftIo<Command>): void {
  const matches = [lastIndex(raft), ...[...raft.peers.values()].map(({ match }) => match)];
  matches.sort((a, b) => b - a);
  const index = matches[majorityOf(raft) - 1];
  // only what is of its own term makes the rest safe (Raft, 5.4.2)
  if (index <= raft.commit || entryAt(raft, index)?.term !== raft.term) return;
  applyUpTo(raft, index, io);
  if (raft.peers.size > 0) io.flushSoon();
}

function applyUpTo<Command>(raft: RaftState<Command>, commit: number, io: RaftIo<Command>): void {
  if (commit <= raft.commit) return;
  raft.commit = commit;
  const leads = raft.role === 'leader';
  while (raft.applied < raft.commit) {
    const entry = entryAt(raft, ++raft.applied)!;
    if (entry.command !== null)
      io.apply(entry.command, entry.at, entry.origin, leads); // prettier-ignore
    else {
      io.skip();
      if (leads && entry.term === raft.term) io.leads();
    }
  }
  forgetOld(raft);
}

function forgetOld<Command>(raft: RaftState<Command>): void {
  const upTo = raft.applied - kept - raft.base;
  if (raft.log.length > keptAtMost && upTo > 0) raft.log.dropBefore(upTo);
}

function install<Command>(
  raft: RaftState<Command>,
  from: number,
  message: InstallSnapshot,
  io: RaftIo<Command>,
): void {
  // prettier-ignore
  if (message.term < raft.term) {
    return io.send(from, { type: 'SnapshotInstalled', term: raft.term, index: raft.applied });
  }
  follow(raft, from, io);
  if (message.index > raft.applied) {
    raft.log = logAfter(message.lastTerm);
    Object.assign(raft, { base: message.index, commit: message.index, applied: message.index });
    io.installSnapshot(message.snapshot);
  }
  io.send(from, { type: 'SnapshotInstalled', term: raft.term, index: raft.applied });
}

function installed<Command>(
  raft: RaftState<Command>,
  from: number,
  message: SnapshotInstalled,
  io: RaftIo<Command>,
): void {
  // prettier-ignore
  const peer = raft.peers.get(from);
  if (raft.role !== 'leader' || !peer || message.term < raft.term) return;
  Object.assign(peer, { match: Math.max(peer.match, message.index), isInstalling: false });
  peer.next = peer.match + 1;
  commitWhatMostHave(raft, io);
  io.flushSoon();
}
