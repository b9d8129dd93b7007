/** What is always true of a broker between two commands. For the swarm and the tests; the product pays nothing for it. */
import { invariant } from '../../kernel/invariant';
import { checkModern } from './consumer-group/invariants';
import { isSatisfied } from './fetch';
import { ownedBy, type Group } from './group';
import { endPosition, type Partition } from './partition';
import { checkShare } from './share/invariants';
import { deliveriesMax } from './share/rules';
import { allPartitions, partitionOf, type BrokerState } from './state';

/**
 * Throws InvariantError with the rule that is broken and where. Walks the whole log: not for hot paths. Two rules are
 * the clients' to keep, since a broker takes what it is sent: that nobody commits what is not in the log (a seek past
 * the end does), and that a leader gives no partition to two members. `clientsBehave: false` leaves them out.
 */
export function checkBroker(state: BrokerState, { clientsBehave = true } = {}): void {
  for (const partition of allPartitions(state)) {
    checkOffsets(partition);
    checkSegments(partition);
  }
  for (const group of state.groups.values()) {
    checkMembers(group);
    if (group.modern) checkModern(group, group.modern);
    if (!clientsBehave) continue;
    checkCommits(state, group);
    checkOwners(group);
  }
  for (const partition of state.share?.partitions.values() ?? [])
    checkShare(partition, deliveriesMax(state, partition.groupId));
  checkParked(state);
}

function checkOffsets({ address, log, logStart, logEnd, highWatermark }: Partition): void {
  invariant(0 <= logStart, `${address}: the log start is not negative`);
  invariant(logStart <= highWatermark, `${address}: the log start is not past the high watermark`);
  invariant(highWatermark <= logEnd, `${address}: the high watermark is not past the log end`);
  let next = -1;
  for (const { baseOffset, lastOffset, records, sizeBytes, control, entry, kept } of log) {
    invariant(next < 0 || baseOffset === next, `${address}: offsets are dense`);
    const offsets = control === undefined && entry === undefined ? records.length : 1;
    if (kept === undefined) {
      invariant(lastOffset - baseOffset + 1 === offsets, `${address}: every record has one offset`);
      invariant(sizeBytes > 0, `${address}: a batch has a size`);
    } else checkKept(address, records.length, kept, lastOffset - baseOffset);
    next = lastOffset + 1;
  }
  invariant(next < 0 || next === logEnd, `${address}: the last record is just before the log end`);
  const first = log.at(log.start);
  const begin = first === undefined ? logEnd : first.baseOffset;
  invariant(begin <= logStart, `${address}: everything from the log start on is still there`);
}

function checkKept(address: string, records: number, kept: readonly number[], last: number): void {
  invariant(kept.length === records, `${address}: what compaction left has an offset each`);
  const isAscending = kept.every((one, index) => index === 0 || kept[index - 1] < one);
  invariant(isAscending && (kept.at(-1) ?? 0) <= last, `${address}: compaction moves no offset`);
}

function checkSegments(partition: Partition): void {
  const { address, segments, log, logEnd } = partition;
  invariant(segments.length > 0, `${address}: there is an active segment`);
  let position = segments[0].startPosition;
  for (const [index, segment] of segments.entries()) {
    const isLast = index + 1 === segments.length;
    const endBatch = isLast ? log.end : segments[index + 1].firstBatch;
    const endOffset = isLast ? logEnd : segments[index + 1].baseOffset;
    const follows = partition.cleanedTo === undefined ? segment.startPosition === position : true;
    invariant(follows, `${address}: segments follow each other`);
    position += segment.sizeBytes;
    let bytes = 0;
    let offset = segment.baseOffset;
    let largest = -1;
    for (let number = segment.firstBatch; number < endBatch; number++) {
      const batch = log.at(number)!;
      invariant(batch.baseOffset === offset, `${address}: a segment holds the offsets from its base on`);
      bytes += batch.sizeBytes;
      offset = batch.lastOffset + 1;
      largest = Math.max(largest, batch.maxTimestamp);
    }
    invariant(offset === endOffset, `${address}: a segment ends where the next begins`);
    invariant(bytes === segment.sizeBytes, `${address}: a segment is as large as its batches`);
    invariant(largest === segment.largestTimestamp, `${address}: a segment knows its largest timestamp`);
    invariant(isLast || bytes > 0, `${address}: only the active segment may be empty`);
  }
  invariant(position === endPosition(partition), `${address}: bytes are counted once`);
}

function checkCommits(state: BrokerState, { groupId, offsets }: Group): void {
  for (const [address, { topic, partition: index, offset }] of offsets) {
    const partition = partitionOf(state, topic, index);
    invariant(partition !== undefined, `${address}: ${groupId} has committed to a partition that exists`);
    invariant(
      offset <= partition.logEnd,
      `${address}: the committed offset of ${groupId} is not past the log end`,
    );
  }
}

function checkMembers(group: Group): void {
  const { groupId, state, members, leader, pendingJoin, pendingSync, protocol, joinTimer, syncTimer } = group;
  invariant(
    (members.size === 0) === (leader === null),
    `${groupId}: there is a leader as long as there are members`,
  );
  invariant(leader === null || members.has(leader), `${groupId}: the leader is a member`);
  invariant(state !== 'Empty' || members.size === 0, `${groupId}: an empty group has no members`);
  invariant(
    state === 'Empty' || state === 'PreparingRebalance' || (members.size > 0 && protocol !== null),
    `${groupId}: a group with a generation has members and a protocol`,
  );
  invariant(
    (state === 'PreparingRebalance') === (joinTimer !== null),
    `${groupId}: a join ends at some time, and nothing else has a time for joining`,
  );
  invariant(
    pendingSync.size === 0 || syncTimer !== null,
    `${groupId}: members that have not synced are waited for with an end`,
  );
  for (const id of pendingSync) invariant(members.has(id), `${groupId}: only members have to sync`);
  for (const id of pendingJoin.keys())
    invariant(!members.has(id), `${groupId}: a pending member is not a member yet`);
  for (const member of members.values()) {
    const { memberId, awaitingJoin, awaitingSync, session } = member;
    invariant(
      awaitingJoin === null || state === 'PreparingRebalance',
      `${memberId}: a join is parked only while the group prepares a rebalance`,
    );
    invariant(
      awaitingSync === null || state === 'CompletingRebalance',
      `${memberId}: a sync is parked only while the group waits for its leader`,
    );
    invariant(
      session !== null || awaitingJoin !== null || awaitingSync !== null,
      `${memberId}: a member that waits for nothing has a session that can end`,
    );
  }
}

function checkOwners(group: Group): void {
  const owned = new Set<string>();
  for (const member of group.members.values()) {
    const assignment = ownedBy(group, member);
    for (const topic of Object.keys(assignment)) {
      for (const partition of assignment[topic]) {
        const place = `${topic}/${partition}`;
        invariant(!owned.has(place), `${group.groupId}: ${place} has one owner in a generation`);
        owned.add(place);
      }
    }
  }
}

function checkParked(state: BrokerState): void {
  invariant(state.freed.length === 0, 'a turn that was given back has been taken');
  for (const [connection, parked] of state.parkedFetches) {
    invariant(
      !isSatisfied(state, parked),
      `a fetch that could be answered is not parked (connection ${connection})`,
    );
    for (const { topic, partition } of parked.places) {
      const watched = partitionOf(state, topic, partition);
      invariant(watched?.waiters.includes(connection), `a parked fetch is woken by every partition it reads`);
    }
  }
  for (const { address, waiters } of allPartitions(state)) {
    for (const waiter of waiters) {
      invariant(state.parkedFetches.has(waiter), `${address}: only parked fetches wait for data`);
    }
  }
}
