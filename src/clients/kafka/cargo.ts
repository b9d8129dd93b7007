/** What the tokens on the wire carry: records in requests to produce and in answers to fetches, by lane. */
import type { FetchResponse, ProduceRequest } from '../../brokers/kafka/protocol';
import { offsetIn } from '../../brokers/kafka/protocol/records';
import type { Tagged } from '../../kernel/machine';
import type { Cargo } from '../../kernel/part';

/** Messages a command carries over the network, per partition; empty for everything that carries none. */
export function cargoOf(command: Tagged): readonly Cargo[] {
  if (command.type === 'ProduceRequest') return produced(command as ProduceRequest);
  if (command.type === 'FetchResponse') return fetched(command as FetchResponse);
  return [];
}

function produced({ topicData }: ProduceRequest): Cargo[] {
  return topicData.flatMap(({ name, partitionData }) =>
    partitionData.map(({ index, records }) => ({
      lane: `${name}/${index}`,
      messages: records.records.map(({ message }) => message),
    })),
  );
}

function fetched({ responses }: FetchResponse): Cargo[] {
  return responses.flatMap(({ topic, partitions }) =>
    partitions
      .filter(({ batches }) => batches.length > 0)
      .map(({ partition, batches }) => ({
        lane: `${topic}/${partition}`,
        messages: batches.flatMap(({ records }) => records.map(({ message }) => message)),
        positions: batches.flatMap((batch) => batch.records.map((_, index) => offsetIn(batch, index))),
      })),
  );
}
