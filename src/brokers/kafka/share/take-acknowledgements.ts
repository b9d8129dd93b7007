/** Acknowledgements, as they come with a ShareFetch or by themselves (KafkaApis.scala handleAcknowledgements). */
import type { Context } from '../../../kernel/machine';
import { placeOf, type Place } from '../consumer-group/modern-group';
import { RecordAcknowledged, RecordArchived, RecordReleased } from '../facts';
import type { AcknowledgementBatch, ErrorCode, ShareAcknowledgeRequest } from '../protocol';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { acknowledge, type Change } from './acknowledge';
import { watchLocks } from './locks';
import { rulesOf } from './rules';
import type { SharePartition } from './share-partition';
import { shareKey } from './share-state';

/** By place: what became of what was acknowledged there. */
export function takeAcknowledgements(
  state: BrokerState,
  { groupId, memberId, topics }: Pick<ShareAcknowledgeRequest, 'groupId' | 'memberId' | 'topics'>,
  { cause }: Caller,
  context: Context,
): Map<Place, ErrorCode> {
  const errors = new Map<Place, ErrorCode>();
  for (const { partitions, topic } of topics)
    for (const { acknowledgementBatches, partitionIndex } of partitions) {
      if (acknowledgementBatches.length === 0) continue;
      const place = placeOf(topic, partitionIndex);
      const partition = state.share!.partitions.get(shareKey(groupId, place));
      if (!partition) {
        errors.set(place, 'UNKNOWN_TOPIC_OR_PARTITION');
        continue;
      }
      const rules = rulesOf(state, groupId, context.now);
      const { changes, error } = acknowledge(partition, memberId, acknowledgementBatches, rules);
      errors.set(place, error);
      tell(state, partition, acknowledgementBatches, changes, cause, context);
      watchLocks(partition, context);
    }
  return errors;
}

function tell(
  state: BrokerState,
  { groupId, index, topic }: SharePartition,
  acknowledgements: readonly AcknowledgementBatch[],
  changes: readonly Change[],
  cause: number,
  context: Context,
): void {
  const subject = `${state.name}/${placeOf(topic, index)}`;
  for (const [position, { deliveries: amount, state: is }] of changes) {
    const type =
      is === 'AVAILABLE' ? RecordReleased : is === 'ARCHIVED' ? RecordArchived : RecordAcknowledged;
    const detail =
      is === 'ARCHIVED' ? whyArchived(acknowledgements, position) : is === 'AVAILABLE' ? 'released' : '';
    context.emit({ is: type, subject, position, amount, group: groupId, detail, cause });
  }
}

function whyArchived(acknowledgements: readonly AcknowledgementBatch[], offset: number): string {
  for (const { acknowledgeTypes, firstOffset, lastOffset } of acknowledgements) {
    if (offset < firstOffset || offset > lastOffset) continue;
    const type = acknowledgeTypes[acknowledgeTypes.length === 1 ? 0 : offset - firstOffset];
    return type === 0 ? 'gap' : type === 2 ? 'delivered too often' : 'rejected';
  }
  return '';
}
