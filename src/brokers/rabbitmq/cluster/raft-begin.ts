/** A group that has just been made. */
import { lead, type RaftIo } from './raft';
import type { RaftState } from './raft-state';

/** Whoever made it leads it, in the first term: its members have been told so with the queue. */
export function newlyLed<Command>(raft: RaftState<Command>, io: RaftIo<Command>): void {
  const [first] = raft.members;
  Object.assign(raft, { term: 1, votedFor: first, leader: first });
  if (first === raft.self) lead(raft, io);
}
