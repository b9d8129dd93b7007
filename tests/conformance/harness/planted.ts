/**
 * Mistakes that simulators make (brokers.md F), each built in on purpose: a few characters of the source are replaced
 * while it is loaded. Every one of them has to be caught by a scenario, or the scenarios prove less than they seem to.
 */

export interface Planted {
  /** Number in brokers.md F. */
  readonly rule: string;
  /** The mistake, as people make it. */
  readonly says: string;
  /** File under src. */
  readonly file: string;
  readonly replace: string;
  readonly by: string;
  /** Id of a scenario that catches it: the first to be tried. */
  readonly caught?: string;
}

export const planted: readonly Planted[] = [
  {
    rule: 'F-1',
    says: 'More partitions leave keys where they were.',
    file: 'clients/kafka/partitioner.ts',
    replace: 'const count = partitions.indexes.length;',
    by: 'const count = Math.min(3, partitions.indexes.length);',
  },
  {
    rule: 'F-2',
    says: 'Any hash will do for keys.',
    file: 'clients/kafka/partitioner.ts',
    replace: "name === 'DefaultPartitioner' ? murmur2(key) : legacyMurmur2(key)",
    by: 'key.length',
  },
  {
    rule: 'F-2',
    says: 'The legacy hash is the same hash.',
    file: 'clients/kafka/partitioner.ts',
    replace: "name === 'DefaultPartitioner' ? murmur2(key) : legacyMurmur2(key)",
    by: 'murmur2(key)',
  },
  {
    rule: 'F-3',
    says: 'Records without a key stay on one partition.',
    file: 'clients/kafka/partitioner.ts',
    replace: '(counters.get(topic) ?? random().bits()) + 1',
    by: '(counters.get(topic) ?? random().bits())',
  },
  {
    rule: 'F-6',
    says: 'The committed offset is the last one processed.',
    file: 'clients/kafka/worker.ts',
    replace: 'resolved = offsetIn(batch, worker.record) + 1;',
    by: 'resolved = offsetIn(batch, worker.record);',
  },
  {
    rule: 'F-7',
    says: 'Consumption removes records.',
    file: 'brokers/kafka/offsets.ts',
    replace: 'const previous = group.offsets.get(address)?.offset ?? -1;',
    by: 'const previous = group.offsets.get(address)?.offset ?? -1; partition.logStart = Math.max(partition.logStart, Math.min(offset, partition.logEnd));',
  },
  {
    rule: 'F-8',
    says: 'Retention deletes records at retention.ms.',
    file: 'brokers/kafka/retention.ts',
    replace: 'return nextTick(startedAt + config.initialTaskDelay, config.retentionCheckInterval, time);',
    by: 'return Math.max(time, startedAt + 0 * config.initialTaskDelay);',
  },
  {
    rule: 'F-9',
    says: 'Offsets are contiguous: the end of a transaction takes none.',
    file: 'brokers/kafka/markers.ts',
    replace: 'append(partition, batch);',
    by: 'void [append, batch];',
  },
  {
    rule: 'F-10',
    says: 'Compaction leaves one record of each key, wherever it is.',
    file: 'brokers/kafka/cleaner.ts',
    replace: 'for (let index = 0; index + 1 < segments.length; index++) {',
    by: 'for (let index = 0; index < segments.length; index++) {',
  },
  {
    rule: 'F-10',
    says: 'Compaction closes the gaps: offsets move up.',
    file: 'brokers/kafka/protocol/records.ts',
    replace: 'return kept === undefined ? index : kept[index];',
    by: 'return kept === undefined ? index : index;',
  },
  {
    rule: 'F-11',
    says: 'A tombstone goes with what it deletes.',
    file: 'brokers/kafka/cleaner.ts',
    replace: 'isTombstone === true && horizon !== undefined && now >= horizon',
    by: 'isTombstone === true',
  },
  {
    rule: 'F-12',
    says: 'Auto-commit commits what was handed out, whether it was processed or not.',
    file: 'clients/kafka/worker.ts',
    replace: "worker.stage = 'handler';\n  worker.ticket = ++state.lastTicket;\n  const delivery",
    by: "worker.stage = 'handler';\n  state.owned[work.owned].resolved = position + 1;\n  worker.ticket = ++state.lastTicket;\n  const delivery",
  },
  {
    rule: 'F-13',
    says: 'An idempotent producer makes no duplicates, whatever its client does with sequence numbers.',
    file: 'clients/kafka/eos.ts',
    replace: 'sequences.set(key, (sequences.get(key) ?? 0) - records.records.length);',
    by: 'sequences.set(key, sequences.get(key) ?? 0);',
  },
  {
    rule: 'F-13',
    says: 'A broker appends what is sent again, sequence numbers or not.',
    file: 'brokers/kafka/producers.ts',
    replace: "if (known) return { is: 'duplicate', baseOffset: known.baseOffset };",
    by: 'if (known) return next;',
  },
  {
    rule: 'F-14',
    says: 'Nobody sees what a transaction has not committed.',
    file: 'brokers/kafka/fetch.ts',
    replace: 'const isCommitted = request.isolationLevel === 1;',
    by: 'const isCommitted = true;',
  },
  {
    rule: 'F-15',
    says: 'An open transaction holds up nobody else.',
    file: 'brokers/kafka/producers.ts',
    replace: 'if (!producers) return highWatermark;',
    by: 'return highWatermark;',
  },
  {
    rule: 'F-15',
    says: 'Aborted records are given to readers of committed ones.',
    file: 'clients/kafka/visible.ts',
    replace: 'return !(isTransactional && aborted.has(producerId));',
    by: 'return true;',
  },
  {
    rule: 'F-16',
    says: 'A rebalance only moves partitions: nothing is read twice.',
    file: 'clients/kafka/worker.ts',
    replace: 'is: deliveredBefore(context.notes, owned.note, position) ? Redelivered : Delivered,',
    by: 'is: deliveredBefore(context.notes, owned.note, position) ? (worker.record++, Redelivered) : Delivered,',
  },
  {
    rule: 'F-17',
    says: 'A slow handler keeps its membership: somebody sends heartbeats for it.',
    file: 'brokers/kafka/membership.ts',
    replace: 'if (!group || !silent || !hasExpired(group, silent, context)) return;',
    by: 'if (!group || !silent || hasExpired(group, silent, context)) return;',
  },
  {
    rule: 'F-16',
    says: 'A cooperative rebalance hands a partition over at once.',
    file: 'clients/kafka-java/assignors/sticky.ts',
    replace: 'transferring.get(nameOf(place)) !== memberId',
    by: 'place.partition >= 0',
  },
  {
    rule: 'F-16',
    says: 'A static member that comes back makes everybody join again.',
    file: 'brokers/kafka/static-members.ts',
    replace: "group.state === 'Stable' && selectProtocol(group) === group.protocol",
    by: "group.state === 'Stable' && selectProtocol(group) === ''",
  },
  {
    rule: 'F-17',
    says: 'The Java consumer, too, sends heartbeats only while it polls.',
    file: 'clients/kafka-java/classic-membership.ts',
    replace: 'if (now < member.beatAt) return;',
    by: 'if (now < member.beatAt || state.asking === null) return;',
  },
  {
    rule: 'F-18',
    says: 'Another consumer always adds throughput: every member gets something to read.',
    file: 'clients/kafka/assignors/kafkajs-round-robin.ts',
    replace: 'shares.give(ids[turn++ % ids.length], topic, partition);',
    by: 'for (const id of ids) { turn++; shares.give(id, topic, partition); }',
  },
  {
    rule: 'F-3',
    says: 'Java deals records without a key one by one, as other clients do.',
    file: 'clients/kafka-java/producer-append.ts',
    replace: 'const isOver = sticky.bytes >= state.options.batchSize;',
    by: 'const isOver = sticky.bytes > 0;',
    caught: 'J-04',
  },
  {
    rule: 'F-4',
    says: 'acks=all means all replicas, whether they are in sync or not.',
    file: 'brokers/kafka/cluster/lead.ts',
    replace: 'if (mayJoin || counts(state, replication, nodeId)) end = follower.logEnd;',
    by: 'void [mayJoin, counts]; end = follower.logEnd;',
    caught: 'K-58',
  },
  {
    rule: 'F-4',
    says: 'acks=all is enough, however few are in sync.',
    file: 'brokers/kafka/produce.ts',
    replace: 'if (acks === -1 && inSync(partition) < minInSync(partition))',
    by: 'if (acks === -1 && minInSync(partition) < 0 * inSync(partition))',
    caught: 'K-68',
  },
  {
    rule: 'F-4',
    says: 'acks=all is answered as soon as the leader has it.',
    file: 'brokers/kafka/produce.ts',
    replace: 'if (acks === -1 && isClustered(state) && places.length > 0)',
    by: 'if (acks === -1 && isClustered(state) && places.length < 0)',
    caught: 'L-48',
  },
  {
    rule: 'F-5',
    says: 'A record is visible once it is acknowledged, however few are in sync.',
    file: 'brokers/kafka/cluster/lead.ts',
    replace: "if (replication.role !== 'leader' || inSync(partition) < minInSync(partition)) return;",
    by: "void minInSync; if (replication.role !== 'leader' || inSync(partition) < 1) return;",
    caught: 'K-59',
  },
  {
    rule: 'F-5',
    says: 'A record is visible once its leader has it.',
    file: 'brokers/kafka/cluster/lead.ts',
    replace: 'if (follower.logEnd >= end) continue;',
    by: 'if (follower.logEnd < end + 1) continue;',
    caught: 'L-08',
  },
  {
    rule: 'F-6',
    says: 'What Java commits is the last record that was polled.',
    file: 'clients/kafka-java/consumer-commit.ts',
    replace:
      ".filter(({ state }) => state === 'fetching')\n    .map(({ topic, partition, position }) => ({ topic, partition, offset: position }));",
    by: ".filter(({ state }) => state === 'fetching')\n    .map(({ topic, partition, position }) => ({ topic, partition, offset: Math.max(0, position - 1) }));",
    caught: 'J-05',
  },
  {
    rule: 'F-13',
    says: 'With five requests in flight, what is sent again arrives in order by itself.',
    file: 'clients/kafka-java/producer-sequences.ts',
    replace: 'while (at < lane.queue.length && isBefore(lane.queue[at])) at++;',
    by: 'void isBefore;',
    caught: 'J-16',
  },
  {
    rule: 'F-13',
    says: 'An idempotent producer makes no duplicates, whatever numbers its batches are sent again under.',
    file: 'clients/kafka-java/producer-drain.ts',
    replace: 'if (options.isIdempotent && first.sequence < 0) number(state, lane, first);',
    by: 'if (options.isIdempotent) number(state, lane, first);',
    caught: 'J-16',
  },
  {
    rule: 'F-13',
    says: 'A gap in a producer’s numbers is nobody’s business.',
    file: 'brokers/kafka/producers.ts',
    replace: "return first === expected ? next : { is: 'wrong', error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };",
    by: "return first >= expected ? next : { is: 'wrong', error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };",
    caught: 'K-19',
  },
  {
    rule: 'F-14',
    says: 'A producer keeps its epoch from one transaction to the next.',
    file: 'brokers/kafka/transactions-v2.ts',
    replace: '  transaction.epoch++;\n',
    by: '',
    caught: 'J-43',
  },
  {
    rule: 'F-14',
    says: 'Offsets in a transaction are taken from whoever sends them.',
    file: 'brokers/kafka/txn-offsets.ts',
    replace: "if (!group.members.has(memberId)) return 'UNKNOWN_MEMBER_ID';",
    by: "if (group.members.has(memberId)) return 'NONE'; else return 'NONE';",
    caught: 'J-17',
  },
  {
    rule: 'F-16',
    says: 'Every rebalance stops everyone: a cooperative one takes all partitions away, too.',
    file: 'clients/kafka-java/classic-join.ts',
    replace: '} else if (!state.config.isCooperative) {',
    by: '} else if (state.config.isCooperative !== null) {',
    caught: 'J-14',
  },
  {
    rule: 'F-17',
    says: 'Heartbeats prove that the handler is alive.',
    file: 'clients/kafka-java/classic-membership.ts',
    replace: 'if (now >= member.pollUntil) return goodbye(state, member, context);',
    by: 'if (now < 0) return goodbye(state, member, context);',
    caught: 'J-44',
  },
];
