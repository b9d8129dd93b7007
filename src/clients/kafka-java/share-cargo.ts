/** What the tokens of a share group carry: the records that an answer hands out. */
import type { ShareFetchResponse } from '../../brokers/kafka/protocol';
import { offsetIn } from '../../brokers/kafka/protocol/records';
import type { Tagged } from '../../kernel/machine';
import type { Cargo } from '../../kernel/part';

export function shareCargoOf(command: Tagged): readonly Cargo[] {
  if (command.type !== 'ShareFetchResponse') return [];
  return (command as ShareFetchResponse).responses.flatMap(({ partitions, topic }) =>
    partitions
      .filter(({ acquiredRecords }) => acquiredRecords.length > 0)
      .map(({ acquiredRecords, batches, partitionIndex }) => {
        const isAcquired = (offset: number) =>
          acquiredRecords.some(
            ({ firstOffset, lastOffset }) => firstOffset <= offset && offset <= lastOffset,
          );
        const records = batches.flatMap((batch) =>
          batch.records.map(({ message }, index) => ({ message, offset: offsetIn(batch, index) })),
        );
        const acquired = records.filter(({ offset }) => isAcquired(offset));
        return {
          lane: `${topic}/${partitionIndex}`,
          messages: acquired.map(({ message }) => message),
          positions: acquired.map(({ offset }) => offset),
        };
      }),
  );
}
