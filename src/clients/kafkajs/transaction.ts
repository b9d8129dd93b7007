/** The library's transactions (kafkajs 2.2.4 producer/eosManager, producer/index.js): ids, the guards, the end. */
import type { Offsets, ProducerBatch, ProducerRecord, RecordMetadata, Transaction } from 'kafkajs';
import type { EosName, ForgetPartitions, UseProducerId } from '../kafka/eos';
import type { Producer as DriverState } from '../kafka/producer-state';
import type { Driver } from '../script';
import { check, type Cluster } from './cluster';
import { KafkaJSNonRetriableError, KafkaJSProtocolError } from './errors';
import { retried } from './retry';

/** Errors after which the coordinator is asked again (eosManager INIT_PRODUCER_RETRIABLE_PROTOCOL_ERRORS). */
const askAgain = ['NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE', 'CONCURRENT_TRANSACTIONS'];

/** One of the library's EOS managers: a producer id, and for transactions what is open. */
export class EosManager {
  private readonly cluster: Cluster;
  private readonly driver: Driver;
  private readonly transactionalId: string | null;
  private readonly timeoutMs: number;
  private ids: { readonly producerId: number; readonly producerEpoch: number } | null = null;
  private state: 'ready' | 'transacting' | 'committing' | 'aborting' = 'ready';
  private hasOffsets = false;

  constructor(cluster: Cluster, driver: Driver, transactionalId: string | null, timeoutMs = 60_000) {
    this.cluster = cluster;
    this.driver = driver;
    this.transactionalId = transactionalId;
    this.timeoutMs = timeoutMs;
  }

  get isInitialized(): boolean {
    return this.ids !== null;
  }
  get isInTransaction(): boolean {
    return this.state === 'transacting';
  }

  /** Asks the broker for the id; whoever had the transactional id before is shut out. */
  async init(): Promise<void> {
    const { transactionalId, timeoutMs } = this;
    const answer = await retried(this.cluster.world, this.cluster.config.retry, async (bail) => {
      const host =
        transactionalId === null
          ? this.cluster.controller()
          : await this.cluster.coordinator(transactionalId, 1);
      const request = {
        type: 'InitProducerIdRequest',
        transactionalId,
        transactionTimeoutMs: timeoutMs,
      } as const;
      const response = await this.cluster.ask('InitProducerIdResponse', request, host);
      if (response.errorCode === 'NONE') return response;
      const error = new KafkaJSProtocolError(response.errorCode);
      // retriable here, whatever the table of errors says
      if (!askAgain.includes(response.errorCode)) return bail(error);
      error.retriable = true;
      throw error;
    });
    const { producerId, producerEpoch } = answer;
    this.ids = { producerId, producerEpoch };
    const eos: EosName = transactionalId === null ? 'idempotent' : 'transactional';
    const use: UseProducerId = {
      ...{ type: 'UseProducerId', eos, producerId, epoch: producerEpoch, transactionalId },
    };
    this.driver.tell(use);
  }

  begin(): void {
    this.state = 'transacting';
  }

  async end(committed: boolean): Promise<void> {
    this.state = committed ? 'committing' : 'aborting';
    // nothing was sent: the coordinator does not even hear of it
    if (this.isOngoing) {
      const host = await this.cluster.coordinator(this.transactionalId!, 1);
      const request = { type: 'EndTxnRequest', ...this.header, committed } as const;
      const { errorCode } = await this.cluster.ask('EndTxnResponse', request, host);
      check(errorCode);
    }
    this.state = 'ready';
    this.hasOffsets = false;
    const forget: ForgetPartitions = { type: 'ForgetPartitions' };
    this.driver.tell(forget);
  }

  async sendOffsets({ consumerGroupId, topics }: Offsets & { consumerGroupId: string }): Promise<void> {
    const { cluster, header } = this;
    const host = await cluster.coordinator(this.transactionalId!, 1);
    const add = { type: 'AddOffsetsToTxnRequest', ...header, groupId: consumerGroupId } as const;
    check((await cluster.ask('AddOffsetsToTxnResponse', add, host)).errorCode);
    this.hasOffsets = true;
    const group = await cluster.coordinator(consumerGroupId, 0);
    const offsets = topics.map(({ topic: name, partitions }) => ({
      name,
      partitions: partitions.map(({ partition, offset }) => ({
        partitionIndex: partition,
        committedOffset: Number(offset),
      })),
    }));
    const commit = {
      type: 'TxnOffsetCommitRequest',
      ...header,
      groupId: consumerGroupId,
      topics: offsets,
    } as const;
    await retried(cluster.world, cluster.config.retry, async (bail) => {
      const answer = await cluster.ask('TxnOffsetCommitResponse', commit, group);
      for (const { errorCode } of answer.topics.flatMap(({ partitions }) => partitions))
        if (errorCode === 'UNKNOWN_TOPIC_OR_PARTITION') throw new KafkaJSProtocolError(errorCode);
        else if (errorCode !== 'NONE') bail(new KafkaJSProtocolError(errorCode));
    });
  }

  private get isOngoing(): boolean {
    const { eos } = this.driver.state as DriverState;
    return this.hasOffsets || (eos?.transactional?.added.size ?? 0) > 0;
  }

  private get header() {
    return { transactionalId: this.transactionalId!, ...this.ids! };
  }
}

/** The object that `producer.transaction()` gives. */
export function transactionOf(
  manager: EosManager,
  sendBatch: (batch: ProducerBatch) => Promise<RecordMetadata[]>,
): Transaction {
  let isOver = false;
  const isActive = (): boolean => manager.isInTransaction && !isOver;
  const guarded =
    <Wish, Result>(does: (wish: Wish) => Promise<Result>) =>
    (wish: Wish): Promise<Result> =>
      isActive()
        ? does(wish)
        : Promise.reject(new KafkaJSNonRetriableError('Cannot continue to use transaction once ended'));
  const end = (committed: boolean) =>
    guarded<void, void>(async () => {
      await manager.end(committed);
      isOver = true;
    });
  return {
    send: guarded(({ topic, messages, ...rest }: ProducerRecord) =>
      sendBatch({ ...rest, topicMessages: [{ topic, messages }] }),
    ),
    sendBatch: guarded(sendBatch),
    sendOffsets: guarded((offsets: Offsets & { consumerGroupId: string }) => manager.sendOffsets(offsets)),
    commit: end(true),
    abort: end(false),
    isActive,
  };
}
