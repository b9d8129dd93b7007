/** Standing for election, voting, and giving way (ra_server.erl: pre_vote, candidate, handle_follower). */
import type { RaftIo } from './raft';
import { lastIndex, lastTerm, type RaftState, type RequestVote, type VoteReply } from './raft-state';
import { ms } from '../../../kernel/time';

/** With `isPreVote` it only asks whether it would win. */
export function startElection<Command>(
  raft: RaftState<Command>,
  isPreVote: boolean,
  io: RaftIo<Command>,
): void {
  raft.role = isPreVote ? 'pre-candidate' : 'candidate';
  if (raft.leader !== null) io.follows(null);
  raft.leader = null;
  raft.votes = [raft.self];
  if (!isPreVote) {
    raft.term++;
    raft.votedFor = raft.self;
  }
  for (const node of raft.members) {
    if (node === raft.self) continue;
    io.send(node, {
      type: 'RequestVote',
      isPreVote,
      term: isPreVote ? raft.term + 1 : raft.term,
      lastIndex: lastIndex(raft),
      lastTerm: lastTerm(raft),
    });
  }
  // if nobody wins, again
  if (raft.members.length > 1) io.setElection(ms(1000) + io.random.below(ms(1000)));
}

/** There is a later term: whatever it was, it is a follower of nobody now. */
export function stepDown<Command>(raft: RaftState<Command>, term: number, io: RaftIo<Command>): void {
  const hadLeader = raft.leader !== null;
  raft.term = term;
  raft.votedFor = null;
  raft.role = 'follower';
  raft.leader = null;
  raft.votes = [];
  raft.peers = new Map();
  if (hadLeader) io.follows(null);
  // somebody stands for election; if nothing comes of it, this one does
  io.setElection(ms(1000) + io.random.below(ms(1000)));
}

/** For whoever has at least what it has itself. */
export function vote<Command>(
  raft: RaftState<Command>,
  from: number,
  message: RequestVote,
  io: RaftIo<Command>,
): void {
  const ownTerm = lastTerm(raft);
  const isUpToDate =
    message.lastTerm > ownTerm || (message.lastTerm === ownTerm && message.lastIndex >= lastIndex(raft));
  const { isPreVote } = message;
  if (isPreVote) {
    // a leader that others can reach is not given up because one cannot
    const granted = isUpToDate && message.term > raft.term && raft.role !== 'leader';
    return io.send(from, { type: 'VoteReply', isPreVote, term: raft.term, granted });
  }
  const granted =
    isUpToDate && message.term === raft.term && (raft.votedFor === null || raft.votedFor === from);
  if (granted) raft.votedFor = from;
  io.send(from, { type: 'VoteReply', isPreVote, term: raft.term, granted });
}

export function voted<Command>(raft: RaftState<Command>, from: number, message: VoteReply): void {
  const counts = message.isPreVote
    ? raft.role === 'pre-candidate'
    : raft.role === 'candidate' && message.term === raft.term;
  if (!message.granted || !counts || raft.votes.includes(from)) return;
  raft.votes = [...raft.votes, from];
}
