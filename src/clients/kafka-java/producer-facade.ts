/** KafkaProducer as scripts use it: each method is a call of the driver's. */
import { ms } from '../../kernel/time';
import type { JavaConfig, JavaConsumer, JavaProducer } from './api';
import { Calls } from './calls-facade';
import { readConfig } from './client-options';
import { errorOf } from './exceptions';
import { epochMs, recordBody } from './record-body';
import { part } from './producer';
import { producerSpecs, refusedConfig } from './producer-options';
import type { GroupMetadata, ProducerCall } from './producer-state';
import type { Surroundings } from './requests';

/** Of a consumer: what it says of its membership when its offsets are sent in a transaction. */
export type GroupMetadataOf = (consumer: JavaConsumer) => Promise<GroupMetadata>;

export function javaProducer(
  at: Surroundings,
  clientId: string,
  config: JavaConfig,
  groupMetadataOf: GroupMetadataOf,
): Promise<JavaProducer> {
  const options = {
    ...readConfig(producerSpecs, config),
    ...{ broker: at.hosts[0], 'bootstrap.servers': at.hosts.join(' '), 'client.id': clientId },
  };
  const refused = refusedConfig(options);
  if (refused) return Promise.reject(errorOf(refused));
  const calls = new Calls<ProducerCall>(at, clientId, part.machine, options);
  return Promise.resolve({
    send: ({ topic, partition = null, timestampMs, ...record }) =>
      calls.call({
        ...{ is: 'send', topic, partition, message: at.world.compose(recordBody(record)) },
        timestamp: timestampMs === undefined ? null : ms(timestampMs - epochMs),
      }),
    flush: () => calls.call({ is: 'flush' }),
    partitionsFor: (topic) => calls.call({ is: 'partitionsFor', topic }),
    initTransactions: () => calls.call({ is: 'initTransactions' }),
    beginTransaction: () => calls.call({ is: 'beginTransaction' }),
    sendOffsetsToTransaction: async (offsets, consumer) =>
      calls.call({ is: 'sendOffsetsToTransaction', offsets, group: await groupMetadataOf(consumer) }),
    commitTransaction: () => calls.call({ is: 'commitTransaction' }),
    abortTransaction: () => calls.call({ is: 'abortTransaction' }),
    close: () => calls.call({ is: 'close' }),
  });
}
