/** The library's producer (kafkajs 2.2.4 src/producer) over the driver that lessons use. */
import type { ICustomPartitioner, Message, ProducerBatch, ProducerConfig, ProducerRecord, RecordMetadata, TopicMessages, Transaction } from 'kafkajs'; // prettier-ignore
import type { RequestAnswered } from '../kafka/cluster';
import { part } from '../kafka/producer';
import type { EosName } from '../kafka/eos';
import type { PartitionerName } from '../kafka/partitioner';
import type { BatchFailed, BatchSent, SendBatch } from '../kafka/send';
import { scriptPart, type Driver, type ScriptWorld } from '../script';
import type { Cluster } from './cluster';
import { Emitter, requestPayload } from './emitter';
import { KafkaJSError, KafkaJSNonRetriableError, toError } from './errors';
import { bodyOf, epochMs, timeOf } from './messages';
import { partitionerNameOf } from './partitioners';
import { EosManager, transactionOf } from './transaction';

const events = ['CONNECT', 'DISCONNECT', 'REQUEST', 'REQUEST_TIMEOUT', 'REQUEST_QUEUE_SIZE'];

export class Producer {
  readonly events: Readonly<Record<string, string>>;
  readonly on: Emitter['on'];
  private readonly cluster: Cluster;
  private readonly world: ScriptWorld;
  private readonly config: ProducerConfig;
  private readonly emitter: Emitter;
  private readonly custom: ReturnType<ICustomPartitioner> | null;
  private readonly partitioner: PartitionerName;
  private driver: Driver | null = null;
  private status: 'disconnected' | 'connected' | 'disconnecting' = 'disconnected';
  private idempotent: EosManager | null = null;
  private transactional: EosManager | null = null;
  private lastTicket = 0;
  private readonly waiting = new Map<number, (answer: BatchSent | BatchFailed) => void>();

  constructor(cluster: Cluster, config: ProducerConfig = {}) {
    if (config.idempotent === true && config.retry?.retries !== undefined && config.retry.retries < 1)
      throw new KafkaJSNonRetriableError(
        'Idempotent producer must allow retries to protect against transient errors',
      );
    this.cluster = cluster;
    this.world = cluster.world;
    this.config = config;
    this.emitter = new Emitter('producer', events, cluster.world);
    this.events = this.emitter.events;
    this.on = this.emitter.on.bind(this.emitter);
    const named = partitionerNameOf(config.createPartitioner);
    this.partitioner = named ?? 'DefaultPartitioner';
    this.custom = named === null ? config.createPartitioner!() : null;
  }

  async connect(): Promise<void> {
    await this.cluster.connect();
    const { retry, metadataMaxAge, allowAutoTopicCreation } = this.config;
    const options = {
      ...this.cluster.driverOptions,
      observer: scriptPart,
      ...Object.fromEntries(Object.entries(retry ?? {}).map(([name, value]) => [`retry.${name}`, value])),
      ...(metadataMaxAge === undefined ? {} : { metadataMaxAge }),
      ...(allowAutoTopicCreation === undefined ? {} : { allowAutoTopicCreation }),
      createPartitioner: this.partitioner,
    };
    const name = `${this.cluster.config.clientId}-producer`;
    this.driver ??= this.world.start(name, part.machine, options, (command) =>
      this.hear(command as BatchSent | BatchFailed | RequestAnswered),
    );
    this.status = 'connected';
    this.emitter.emit('CONNECT');
    if (!this.isIdempotent()) return;
    this.idempotent ??= new EosManager(this.cluster, this.driver, null);
    if (!this.idempotent.isInitialized) await this.idempotent.init();
  }

  async disconnect(): Promise<void> {
    this.status = 'disconnecting';
    await this.cluster.disconnect();
    this.driver?.kill();
    this.driver = null;
    this.status = 'disconnected';
    this.emitter.emit('DISCONNECT');
  }

  send({ acks, timeout, compression, topic, messages }: ProducerRecord): Promise<RecordMetadata[]> {
    const batch = { ...(acks === undefined ? {} : { acks }), topicMessages: [{ topic, messages }] };
    return this.sendBatch({
      ...batch,
      ...(timeout === undefined ? {} : { timeout }),
      ...(compression === undefined ? {} : { compression }),
    });
  }

  sendBatch(batch: ProducerBatch): Promise<RecordMetadata[]> {
    return this.sendAs(this.isIdempotent() ? 'idempotent' : undefined, batch);
  }

  private async sendAs(
    eos: EosName | undefined,
    { acks = -1, timeout, topicMessages = [] }: ProducerBatch,
  ): Promise<RecordMetadata[]> {
    validate(topicMessages, eos !== undefined && acks !== -1);
    if (this.status === 'disconnecting')
      throw new KafkaJSNonRetriableError(
        `The producer is disconnecting; therefore, it can't safely accept messages anymore`,
      );
    if (this.status === 'disconnected') throw new KafkaJSError('The producer is disconnected');
    const topics: SendBatch['topics'][number][] = [];
    for (const { topic, messages } of merged(topicMessages)) {
      const partitions = await this.partitionsOf(topic, messages);
      topics.push({
        ...{ topic, partitions, messages: messages.map((one) => this.world.compose(bodyOf(one))) },
        ...(messages.some(({ timestamp }) => timestamp) ? { timestamps: messages.map(timeOf) } : {}),
      });
    }
    const ticket = ++this.lastTicket;
    const answer = await new Promise<BatchSent | BatchFailed>((resolve) => {
      this.waiting.set(ticket, resolve);
      const send: SendBatch = {
        ...{ type: 'SendBatch', ticket, replyTo: scriptPart, topics },
        acks: acks as SendBatch['acks'],
        ...(timeout === undefined ? {} : { timeoutMs: timeout }),
        ...(eos ? { eos } : {}),
      };
      this.driver!.tell(send);
    });
    if (answer.type === 'BatchFailed') throw toError(answer.failure);
    return answer.metadata.map((one) => {
      const time = Number(one.logAppendTime);
      return { ...one, logAppendTime: time < 0 ? one.logAppendTime : String(epochMs + time) };
    });
  }

  /** One at a time. The producer id is asked for by the first. */
  async transaction(): Promise<Transaction> {
    const { transactionalId, transactionTimeout } = this.config;
    if (!transactionalId)
      throw new KafkaJSNonRetriableError('Must provide transactional id for transactional producer');
    this.transactional ??= new EosManager(this.cluster, this.driver!, transactionalId, transactionTimeout);
    const { transactional } = this;
    if (transactional.isInTransaction)
      throw new KafkaJSNonRetriableError(
        'There is already an ongoing transaction for this producer. Please end the transaction before beginning another.',
      );
    if (!transactional.isInitialized) await transactional.init();
    transactional.begin();
    return transactionOf(transactional, (batch) => this.sendAs('transactional', batch));
  }

  isIdempotent(): boolean {
    return this.config.idempotent === true;
  }

  /** What the caller says; a partitioner of the caller's own is asked here, once and not at every try. */
  private async partitionsOf(topic: string, messages: readonly Message[]): Promise<(number | null)[]> {
    const { custom } = this;
    if (!custom) return messages.map(({ partition }) => partition ?? null);
    const { partitions } = await this.cluster.topic(topic);
    const partitionMetadata = partitions.map(({ partitionIndex, leaderId, replicaNodes, isrNodes }) => ({
      ...{ partitionErrorCode: 0, partitionId: partitionIndex, leader: leaderId },
      ...{ replicas: [...replicaNodes], isr: [...isrNodes], offlineReplicas: [] },
    }));
    return messages.map((message) => custom({ topic, partitionMetadata, message }));
  }

  private hear(answer: BatchSent | BatchFailed | RequestAnswered): void {
    if (answer.type === 'RequestAnswered') return this.emitter.emit('REQUEST', requestPayload(answer));
    const resolve = this.waiting.get(answer.ticket);
    this.waiting.delete(answer.ticket);
    resolve?.(answer);
  }
}

/** producer/messageProducer.js sendBatch. */
function validate(topicMessages: readonly TopicMessages[], isUnsafe: boolean): void {
  if (topicMessages.some(({ topic }) => !topic)) throw new KafkaJSNonRetriableError('Invalid topic');
  if (isUnsafe)
    throw new KafkaJSNonRetriableError(
      `Not requiring ack for all messages invalidates the idempotent producer's EoS guarantees`,
    );
  for (const { topic, messages } of topicMessages as readonly Partial<TopicMessages>[]) {
    if (!messages)
      throw new KafkaJSNonRetriableError(`Invalid messages array [${messages}] for topic "${topic}"`);
    const empty = messages.find(({ value }) => value === undefined);
    if (empty)
      throw new KafkaJSNonRetriableError(
        `Invalid message without value for topic "${topic}": ${JSON.stringify(empty)}`,
      );
  }
}

function merged(topicMessages: readonly TopicMessages[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, messages } of topicMessages)
    topics.set(topic, [...(topics.get(topic) ?? []), ...messages]);
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
