/** Single requests with whatever numbers a program likes: no driver stands in between that would know better. */
import type { JavaRaw } from './api';
import { recordBody } from './record-body';
import { payloadOf, recordSize } from './record-size';
import { Requests, type Surroundings } from './requests';

/** As the real runner writes it (tests/conformance/java/RawCalls.java). */
const timeoutMs = 30_000;

export function javaRaw(at: Surroundings, clientId: string): JavaRaw {
  const requests = new Requests(at, clientId);
  const [host] = at.hosts;
  return {
    initProducerId: async () => {
      const request = {
        type: 'InitProducerIdRequest',
        transactionalId: null,
        transactionTimeoutMs: 60_000,
      } as const;
      const { producerId, producerEpoch: epoch } = await requests.ask(
        'InitProducerIdResponse',
        request,
        host,
      );
      return { producerId, epoch };
    },
    produce: async ({ topic: name, partition: index, producerId, epoch, sequence, values }) => {
      const records = values.map((value, offset) => {
        const body = recordBody({ value });
        const sizeBytes = recordSize(payloadOf(body), offset, 0);
        return { message: at.world.compose(body), key: null, timestamp: at.world.now, sizeBytes, cause: -1 };
      });
      const batch = { records, producerId, producerEpoch: epoch, baseSequence: sequence };
      const topicData = [{ name, partitionData: [{ index, records: batch }] }];
      const answer = await requests.ask(
        'ProduceResponse',
        { type: 'ProduceRequest', acks: -1, timeoutMs, transactionalId: null, topicData },
        host,
      );
      const [{ errorCode: error, baseOffset }] = answer.responses[0].partitionResponses;
      return { error, baseOffset };
    },
    close: () => Promise.resolve(requests.close()),
  };
}
