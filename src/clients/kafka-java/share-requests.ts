/**
 * What a share consumer says to leaders (ShareConsumeRequestManager.java, ShareSessionHandler.java): one request at a time
 * to each. Acknowledgements that were committed go first, alone; then a fetch for all partitions of the leader, with what
 * was acknowledged by polling on. Fetching goes on by itself, poll or not, until records have come.
 */
import type { AcknowledgementBatch, ShareFetchRequest } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ask, header, reachableFrom } from './connection';
import { leaderOf, wantTopic, wantUpdate } from './metadata';
import { endCommit } from './share-answers';
import { renew, spotName, type Acknowledged, type Commit, type ShareConsumer, type ShareSession, type Spot } from './share-state'; // prettier-ignore

/** Sends whatever may be sent. */
export function talkToLeaders(state: ShareConsumer, context: Context): void {
  for (const host of new Set(state.commits.map((commit) => commit.host)))
    if (isFree(state, host, context)) sendCommit(state, host, context);
  if (!state.wantsRecords || state.commits.length > 0) return;
  for (const [host, spots] of byLeader(state, context))
    if (isFree(state, host, context)) sendFetch(state, host, spots, context);
}

/** What the program has acknowledged goes by itself, to each leader; how many commits that makes. */
export function commit(state: ShareConsumer, is: Commit['is'], all: readonly Acknowledged[]): number {
  const hosts = new Set(all.map(({ host }) => host));
  for (const host of hosts) {
    const acknowledged = all.filter((each) => each.host === host);
    state.commits = [...state.commits, { id: ++state.lastCommit, is, host, acknowledged, isSent: false }];
  }
  return hosts.size;
}

/** The session with the leader is over, with whatever that makes available again. */
export function closeSessions(state: ShareConsumer, all: readonly Acknowledged[]): void {
  for (const [host, { epoch }] of state.sessions) {
    if (epoch === 0) continue;
    const acknowledged = all.filter((each) => each.host === host);
    state.commits = [
      ...state.commits,
      { id: ++state.lastCommit, is: 'close', host, acknowledged, isSent: false },
    ];
  }
}

function isFree({ network }: ShareConsumer, host: string, { now }: Context): boolean {
  if (reachableFrom(network, host, now) > now) return false;
  for (const { host: other, request } of network.inFlight.values())
    if (
      other === host &&
      (request.type === 'ShareFetchRequest' || request.type === 'ShareAcknowledgeRequest')
    )
      return false;
  return true;
}

/** commitAsync before commitSync before close. */
function sendCommit(state: ShareConsumer, host: string, context: Context): void {
  const mine = state.commits.filter((one) => one.host === host && !one.isSent);
  const next = (['async', 'sync', 'close'] as const)
    .map((is) => mine.find((one) => one.is === is))
    .find(Boolean);
  const session = state.sessions.get(host);
  if (!next || !session) return;
  // a session cannot begin with acknowledgements: they come to nothing
  if (session.epoch === 0) return endCommit(state, next.id, () => 'NOT_LEADER_OR_FOLLOWER');
  const { acknowledged, id, is } = next;
  ask(
    state.network,
    context,
    host,
    {
      ...{
        type: 'ShareAcknowledgeRequest',
        ...header(state.network, context),
        groupId: state.options.groupId,
      },
      ...{ memberId: state.member.memberId, shareSessionEpoch: is === 'close' ? -1 : session.epoch },
      isRenewAck: acknowledged.some(({ type }) => type === renew),
      topics: topicsOf([], acknowledged),
    },
    { about: id },
  );
  state.commits = state.commits.map((one) => (one.id === id ? { ...one, isSent: true } : one));
}

function sendFetch(state: ShareConsumer, host: string, spots: readonly Spot[], context: Context): void {
  const { options, piggyback } = state;
  const session: ShareSession = state.sessions.get(host) ?? { epoch: 0, spots: [] };
  const isNew = session.epoch === 0;
  // a session cannot begin with acknowledgements: those of the one before are lost
  const acknowledged = isNew ? [] : piggyback.filter((each) => each.host === host);
  state.piggyback = piggyback.filter((each) => each.host !== host);
  const isRenewAck = acknowledged.some(({ type }) => type === renew);
  const names = new Set(spots.map(spotName));
  const known = new Set(session.spots.map(spotName));
  const added = isNew ? spots : spots.filter((spot) => !known.has(spotName(spot)));
  const removed = isNew ? [] : session.spots.filter((spot) => !names.has(spotName(spot)));
  ask(
    state.network,
    context,
    host,
    {
      ...{ type: 'ShareFetchRequest', ...header(state.network, context), groupId: options.groupId },
      ...{ memberId: state.member.memberId, shareSessionEpoch: session.epoch, isRenewAck },
      ...(isRenewAck
        ? { maxWaitMs: 0, minBytes: 0, maxBytes: 0, maxRecords: 0 }
        : { maxWaitMs: options.maxWaitMs, minBytes: options.minBytes, maxBytes: options.maxBytes, maxRecords: options.recordsMax }), // prettier-ignore
      ...{ shareAcquireMode: options.acquireMode, topics: topicsOf(added, acknowledged) },
      forgottenTopics: removed.map(({ partition, topic }) => ({ topic, partitions: [partition] })),
    },
    { about: acknowledged },
  );
  state.sessions = new Map(state.sessions).set(host, { ...session, spots });
}

/** Assigned partitions by the process that leads them; where nobody is known to lead, metadata is asked for. */
function byLeader(state: ShareConsumer, _context: Context): ReadonlyMap<string, readonly Spot[]> {
  const { assigned, metadata } = state;
  const leaders = new Map<string, Spot[]>();
  for (const spot of assigned) {
    wantTopic(metadata, spot.topic);
    const host = leaderOf(metadata, spot.topic, spot.partition);
    if (host === null) wantUpdate(metadata);
    else leaders.set(host, [...(leaders.get(host) ?? []), spot]);
  }
  return leaders;
}

function topicsOf(
  added: readonly Spot[],
  acknowledged: readonly Acknowledged[],
): ShareFetchRequest['topics'] {
  const spots = new Map<string, Spot>([...added, ...acknowledged].map((spot) => [spotName(spot), spot]));
  return [...spots.values()].map(({ partition, topic }) => ({
    topic,
    partitions: [
      {
        partitionIndex: partition,
        acknowledgementBatches: batchesOf(
          acknowledged.filter((each) => each.topic === topic && each.partition === partition),
        ),
      },
    ],
  }));
}

/** Offsets that follow each other go together (Acknowledgements.java getAcknowledgementBatches). */
function batchesOf(acknowledged: readonly Acknowledged[]): AcknowledgementBatch[] {
  const batches: AcknowledgementBatch[] = [];
  for (const { offset, type } of [...acknowledged].sort((a, b) => a.offset - b.offset)) {
    const last = batches.at(-1);
    if (last && last.lastOffset + 1 === offset)
      batches[batches.length - 1] = {
        ...last,
        ...{ lastOffset: offset, acknowledgeTypes: [...last.acknowledgeTypes, type] },
      };
    else batches.push({ firstOffset: offset, lastOffset: offset, acknowledgeTypes: [type] });
  }
  return batches.map((batch) =>
    batch.acknowledgeTypes.every((type) => type === batch.acknowledgeTypes[0])
      ? { ...batch, acknowledgeTypes: [batch.acknowledgeTypes[0]] }
      : batch,
  );
}
