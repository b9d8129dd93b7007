/** What leaders answer a share consumer: records, and what became of acknowledgements. */
import type { ShareAcknowledgeResponse, ShareFetchResponse } from '../../brokers/kafka/protocol';
import { distanceIn, offsetIn } from '../../brokers/kafka/protocol/records';
import { noCause } from '../../kernel/fact';
import type { InFlight } from './connection';
import { classOf } from './exceptions';
import { wantUpdate } from './metadata';
import { isSameRecord, renew, spotName, type Acknowledged, type Brought, type Commit, type Held, type ShareConsumer, type Spot } from './share-state'; // prettier-ignore

type Partition = ShareFetchResponse['responses'][number]['partitions'][number];

export function fetchAnswered(state: ShareConsumer, waiting: InFlight, response: ShareFetchResponse): void {
  const { host } = waiting;
  const acknowledged = waiting.about as readonly Acknowledged[];
  goOn(state, host, response.errorCode);
  const errors = new Map<string, string>();
  for (const { partitions, topic } of response.responses)
    for (const partition of partitions) {
      const spot = { topic, partition: partition.partitionIndex };
      errors.set(spotName(spot), partition.acknowledgeErrorCode);
      if (partition.errorCode !== 'NONE') wantUpdate(state.metadata);
      if (partition.acquiredRecords.length === 0) continue;
      state.wantsRecords = false;
      state.brought = [...state.brought, broughtIn(spot, host, partition)];
    }
  endRenewals(state, acknowledged, (each) =>
    response.errorCode === 'NONE'
      ? (errors.get(spotName(each)) ?? 'INVALID_RECORD_STATE')
      : response.errorCode,
  );
}

/** A commit is over, well or badly: whoever waits for it hears of each partition. */
export function commitAnswered(
  state: ShareConsumer,
  waiting: InFlight,
  response: ShareAcknowledgeResponse,
): void {
  goOn(state, waiting.host, response.errorCode);
  if (isSessionOver(response.errorCode)) {
    // it is tried again, and finds that a session cannot begin with acknowledgements
    const again = (one: Commit): Commit => (one.id === waiting.about ? { ...one, isSent: false } : one);
    state.commits = state.commits.map(again);
    return;
  }
  const errors = new Map<string, string>();
  for (const { partitions, topic } of response.responses)
    for (const { errorCode, partitionIndex: partition } of partitions)
      errors.set(spotName({ topic, partition }), errorCode);
  endCommit(state, waiting.about as number, (each) =>
    response.errorCode === 'NONE'
      ? (errors.get(spotName(each)) ?? 'INVALID_RECORD_STATE')
      : response.errorCode,
  );
}

/** The request will not be answered: the session begins anew, and what was acknowledged with it did not count. */
export function leaderLost(state: ShareConsumer, { about, host, request }: InFlight): void {
  const { spots = [] } = state.sessions.get(host) ?? {};
  state.sessions = new Map(state.sessions).set(host, { epoch: 0, spots });
  wantUpdate(state.metadata);
  if (request.type === 'ShareAcknowledgeRequest')
    endCommit(state, about as number, () => 'NETWORK_EXCEPTION');
  else endRenewals(state, about as readonly Acknowledged[], () => 'NETWORK_EXCEPTION');
}

/** ShareSessionHandler.handleResponse. */
function goOn(state: ShareConsumer, host: string, errorCode: string): void {
  const { epoch, spots } = state.sessions.get(host)!;
  const next = isSessionOver(errorCode) ? 0 : epoch + 1;
  state.sessions = new Map(state.sessions).set(host, { epoch: next, spots });
}

function isSessionOver(errorCode: string): boolean {
  return errorCode === 'SHARE_SESSION_NOT_FOUND' || errorCode === 'INVALID_SHARE_SESSION_EPOCH';
}

export function endCommit(state: ShareConsumer, id: number, errorOf: (each: Acknowledged) => string): void {
  const over = state.commits.find((commit) => commit.id === id);
  if (!over) return;
  state.commits = state.commits.filter((commit) => commit.id !== id);
  endRenewals(state, over.acknowledged, errorOf);
  if (over.is !== 'sync' || state.asking?.call.is !== 'commitSync') return;
  const outcomes = { ...state.asking.outcomes };
  for (const each of over.acknowledged) {
    const code = errorOf(each);
    outcomes[spotName(each)] = code === 'NONE' ? null : classOf(code);
  }
  state.asking = { ...state.asking, outcomes };
}

/** Records that were renewed are given again by the next poll; those that could not be are gone. */
function endRenewals(
  state: ShareConsumer,
  acknowledged: readonly Acknowledged[],
  errorOf: (each: Acknowledged) => string,
): void {
  for (const each of acknowledged) {
    if (each.type !== renew) continue;
    const record = state.renewing.find((held) => isSameRecord(held, each));
    if (!record) continue;
    state.renewing = state.renewing.filter((held) => held !== record);
    if (errorOf(each) === 'NONE') state.renewed = [...state.renewed, { ...record, type: null }];
  }
}

/** Only what was acquired is the program's; the batches may hold more. */
function broughtIn(spot: Spot, host: string, { acquiredRecords, batches }: Partition): Brought {
  const counts = new Map<number, number>();
  for (const { deliveryCount, firstOffset, lastOffset } of acquiredRecords)
    for (let offset = firstOffset; offset <= lastOffset; offset++) counts.set(offset, deliveryCount);
  const held = batches.map((batch): Held[] =>
    batch.records.flatMap(({ isTombstone = false, message, timestamp }, index) => {
      const offset = offsetIn(batch, index);
      const deliveryCount = counts.get(offset);
      if (deliveryCount === undefined) return [];
      counts.delete(offset);
      const cause = batch.firstFact < 0 ? noCause : batch.firstFact + distanceIn(batch, index);
      return [{ ...spot, offset, message, timestamp, isTombstone, deliveryCount, cause, host, type: null }];
    }),
  );
  const gaps = [...counts.keys()].map((offset): Acknowledged => ({ ...spot, offset, host, type: 0 }));
  return { batches: held.filter(({ length }) => length > 0), gaps };
}
