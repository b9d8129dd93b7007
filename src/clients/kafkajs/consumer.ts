/** The library's consumer (kafkajs 2.2.4 src/consumer) over the driver that lessons use. */
import type { ConsumerConfig, ConsumerRunConfig, ConsumerSubscribeTopics, ConsumerSubscribeTopic, GroupDescription, TopicPartitionOffsetAndMetadata, TopicPartitions } from 'kafkajs'; // prettier-ignore
import type { OffsetCommitRequest } from '../../brokers/kafka/protocol';
import type { Called, ConsumerNews, ConsumerSaid, HandleBatch } from '../kafka/calls';
import type { RequestAnswered } from '../kafka/cluster';
import { part } from '../kafka/consumer';
import type { Consumer as DriverState } from '../kafka/consumer-state';
import type { Handle } from '../../kernel/delivery';
import type { Tagged } from '../../kernel/machine';
import { scriptPart, type Driver } from '../script';
import type { Cluster } from './cluster';
import { describeGroups } from './describe-groups';
import { Emitter, requestPayload } from './emitter';
import { KafkaJSNonRetriableError, NotSimulated, toError } from './errors';
import { Handlers } from './handlers';
import { retried } from './retry';

const events = [
  'HEARTBEAT', 'COMMIT_OFFSETS', 'GROUP_JOIN', 'FETCH', 'FETCH_START', 'START_BATCH_PROCESS', 'END_BATCH_PROCESS',
  'CONNECT', 'DISCONNECT', 'STOP', 'CRASH', 'REBALANCING', 'RECEIVED_UNSUBSCRIBED_TOPICS', 'REQUEST',
  'REQUEST_TIMEOUT', 'REQUEST_QUEUE_SIZE',
]; // prettier-ignore

const notRunning = 'Consumer group was not initialized, consumer#run must be called first';

export class Consumer {
  readonly events: Readonly<Record<string, string>>;
  readonly on: Emitter['on'];
  private readonly cluster: Cluster;
  private readonly config: ConsumerConfig;
  private readonly emitter: Emitter;
  private readonly topics = new Map<string, boolean>();
  private driver: Driver | null = null;
  private handlers: Handlers | null = null;
  private lastTicket = 0;
  private readonly calls = new Map<number, (called: Called) => void>();
  /** run() is over when the group has been joined, or the consumer has crashed. */
  private started: (() => void) | null = null;
  private stopped: (() => void) | null = null;

  constructor(cluster: Cluster, config: ConsumerConfig) {
    if (!config?.groupId) throw new KafkaJSNonRetriableError('Consumer groupId must be a non-empty string.');
    const { sessionTimeout = 30_000, heartbeatInterval = 3000 } = config;
    if (heartbeatInterval >= sessionTimeout)
      throw new KafkaJSNonRetriableError(
        `Consumer heartbeatInterval (${heartbeatInterval}) must be lower than sessionTimeout (${sessionTimeout}). It is recommended to set heartbeatInterval to approximately a third of the sessionTimeout.`,
      );
    this.cluster = cluster;
    this.config = config;
    this.emitter = new Emitter('consumer', events, cluster.world);
    this.events = this.emitter.events;
    this.on = this.emitter.on.bind(this.emitter);
  }

  async connect(): Promise<void> {
    await this.cluster.connect();
    this.emitter.emit('CONNECT');
  }

  async disconnect(): Promise<void> {
    await this.stop();
    await this.cluster.disconnect();
    this.emitter.emit('DISCONNECT');
  }

  async subscribe(wish: ConsumerSubscribeTopics | ConsumerSubscribeTopic): Promise<void> {
    if (this.driver)
      throw new KafkaJSNonRetriableError('Cannot subscribe to topic while consumer is running');
    const {
      topic,
      topics,
      fromBeginning = false,
    } = wish as Partial<ConsumerSubscribeTopics & ConsumerSubscribeTopic>;
    if (!topic && !topics) throw new KafkaJSNonRetriableError('Missing required argument "topics"');
    if (topics !== undefined && !Array.isArray(topics))
      throw new KafkaJSNonRetriableError('Argument "topics" must be an array');
    const names: string[] = [];
    for (const one of topics ?? [topic]) {
      if (one instanceof RegExp) {
        const all = await this.cluster.metadata(null);
        names.push(...all.map(({ name }) => name).filter((name) => one.test(name)));
      } else if (typeof one === 'string') names.push(one);
      else
        throw new KafkaJSNonRetriableError(
          `Invalid topic ${String(one)} (${typeof one}), the topic name has to be a String or a RegExp`,
        );
    }
    for (const name of names) this.topics.set(name, fromBeginning);
    await retried(this.cluster.world, this.cluster.config.retry, () => this.cluster.metadata(names));
  }

  /** Resolves when the group has been joined for the first time; what comes after that comes by events. */
  async run(run: ConsumerRunConfig = {}): Promise<void> {
    if (this.driver) return;
    const froms = new Set(this.topics.values());
    if (froms.size > 1)
      throw new NotSimulated('One consumer begins at the same end of all its topics here (fromBeginning).');
    const joined = new Promise<void>((resolve) => (this.started = resolve));
    const { world, config, driverOptions } = this.cluster;
    // the group connects once more (consumerGroup.js connect)
    this.emitter.emit('CONNECT');
    const name = `${config.clientId}-consumer`;
    const driver = world.start(name, part.machine, this.optionsOf(run, driverOptions), (command) =>
      this.hear(command),
    );
    this.driver = driver;
    this.handlers = new Handlers(world, driver, run, {
      call: (command) => this.call(command),
      pause: (topics) => this.pause(topics),
      resume: (topics) => this.resume(topics),
    });
    await joined;
  }

  async stop(): Promise<void> {
    const { driver } = this;
    if (!driver) return;
    const over = new Promise<void>((resolve) => (this.stopped = resolve));
    const { phase } = driver.state as DriverState;
    driver.tell({ type: 'Stop' });
    if (phase !== 'stopped' && phase !== 'waiting to start again') await over;
    else if (phase === 'waiting to start again') driver.kill();
    this.driver?.kill();
    this.driver = null;
    this.handlers = null;
  }

  seek({ topic, partition, offset }: { topic: string; partition: number; offset: string }): void {
    if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`);
    if (isNaN(partition))
      throw new KafkaJSNonRetriableError(`Invalid partition, expected a number received ${partition}`);
    const where = Number(offset);
    if (!Number.isInteger(where))
      throw new KafkaJSNonRetriableError(`Invalid offset, expected a long received ${offset}`);
    if (where < -2) throw new KafkaJSNonRetriableError('Offset must not be a negative number');
    this.running.tell({ type: 'Seek', topic, partition, offset: where } as Tagged);
  }

  pause(topics: TopicPartitions[] | { topic: string; partitions?: number[] }[] = []): void {
    checkPausing(topics, 'pause');
    this.running.tell({ type: 'PausePartitions', topics } as Tagged);
  }

  resume(topics: { topic: string; partitions?: number[] }[] = []): void {
    checkPausing(topics, 'resume');
    this.running.tell({ type: 'ResumePartitions', topics } as Tagged);
  }

  paused(): TopicPartitions[] {
    const { owned = [] } = (this.driver?.state as DriverState | undefined) ?? {};
    const topics = new Map<string, number[]>();
    for (const { topic, partition, paused } of owned)
      if (paused) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
    return [...topics].map(([topic, partitions]) => ({ topic, partitions: partitions.sort() }));
  }

  async commitOffsets(offsets: TopicPartitionOffsetAndMetadata[] = []): Promise<void> {
    const topics = new Map<string, CommitPartition[]>();
    for (const { topic, partition, offset, metadata } of offsets) {
      if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`);
      if (isNaN(partition))
        throw new KafkaJSNonRetriableError(`Invalid partition, expected a number received ${partition}`);
      const committedOffset = Number(offset);
      if (!Number.isInteger(committedOffset))
        throw new KafkaJSNonRetriableError(`Invalid offset, expected a long received ${offset}`);
      if (committedOffset < 0) throw new KafkaJSNonRetriableError('Offset must not be a negative number');
      const one = { partitionIndex: partition, committedOffset, ...(metadata ? { metadata } : {}) };
      topics.set(topic, [...(topics.get(topic) ?? []), one]);
    }
    if (!this.driver) throw new KafkaJSNonRetriableError(notRunning);
    const commit = {
      type: 'CallCommit' as const,
      topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
    };
    await retried(this.cluster.world, this.config.retry, () => this.call(commit));
  }

  async describeGroup(): Promise<GroupDescription> {
    const [description] = await describeGroups(this.cluster, [this.config.groupId]);
    return description;
  }

  private get running(): Driver {
    if (!this.driver) throw new KafkaJSNonRetriableError(notRunning);
    return this.driver;
  }

  /** A call to the driver that is answered. */
  private async call(command: Omit<Tagged & { readonly ticket: number }, 'ticket'>): Promise<void> {
    const ticket = ++this.lastTicket;
    const { running } = this;
    const { failure } = await new Promise<Called>((resolve) => {
      this.calls.set(ticket, resolve);
      running.tell({ ...command, ticket } as Tagged);
    });
    if (failure) throw this.handlers?.errorOf(failure) ?? toError(failure);
  }

  private optionsOf(
    run: ConsumerRunConfig,
    cluster: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    const { groupId, retry, partitionAssigners: _, ...config } = this.config;
    const { eachBatch, eachMessage: __, eachBatchAutoResolve = true, ...rest } = run;
    const given = { ...config, ...rest };
    return {
      ...cluster,
      ...Object.fromEntries(Object.entries(retry ?? {}).map(([name, value]) => [`retry.${name}`, value])),
      ...Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
      ),
      groupId,
      topics: [...this.topics.keys()],
      fromBeginning: [...this.topics.values()][0] ?? false,
      handler: scriptPart,
      observer: scriptPart,
      ...(eachBatch ? { eachBatch: eachBatchAutoResolve ? 'resolve' : 'keep' } : {}),
    };
  }

  private hear(command: Tagged): void {
    switch (command.type) {
      case 'Handle':
        return this.handlers?.message(command as Handle);
      case 'HandleBatch':
        return this.handlers?.batch(command as HandleBatch);
      case 'Called': {
        const called = command as Called;
        const resolve = this.calls.get(called.ticket);
        this.calls.delete(called.ticket);
        return resolve?.(called);
      }
      case 'ConsumerSaid':
        return this.tell((command as ConsumerSaid).news);
      case 'RequestAnswered':
        return this.emitter.emit('REQUEST', requestPayload(command as RequestAnswered));
    }
  }

  private tell(news: ConsumerNews): void {
    const { groupId } = this.config;
    switch (news.is) {
      case 'GROUP_JOIN': {
        const { memberId, leaderId, protocol, assignment } = news;
        this.emitter.emit('GROUP_JOIN', {
          ...{ groupId, memberId, leaderId, isLeader: memberId === leaderId },
          ...{ memberAssignment: assignment, groupProtocol: protocol, duration: 0 },
        });
        return this.started?.();
      }
      case 'STOP':
        this.emitter.emit('STOP');
        return this.stopped?.();
      case 'CRASH': {
        this.emitter.emit('DISCONNECT');
        const error = this.handlers?.errorOf(news.failure) ?? toError(news.failure);
        this.emitter.emit('CRASH', { error, groupId, restart: news.failure.restart });
        return this.started?.();
      }
      case 'START_BATCH_PROCESS':
      case 'END_BATCH_PROCESS':
        return this.emitter.emit(news.is, batchPayload(news));
      case 'COMMIT_OFFSETS': {
        const topics = news.topics.map(({ name: topic, partitions }) => ({
          topic,
          // what it commits by itself is an object's keys there, and so text
          partitions: partitions.map(({ partitionIndex, committedOffset }) => ({
            partition: news.isAsked ? partitionIndex : String(partitionIndex),
            offset: String(committedOffset),
          })),
        }));
        return this.emitter.emit('COMMIT_OFFSETS', { groupId, topics });
      }
      default:
        return this.emitter.emit(news.is, { groupId });
    }
  }
}

/** consumer/index.js pause, resume. */
function checkPausing(topics: readonly { topic: string; partitions?: number[] }[], verb: string): void {
  for (const one of topics) {
    if (!one?.topic)
      throw new KafkaJSNonRetriableError(
        `Invalid topic ${one?.topic || Object.prototype.toString.call(one)}`,
      );
    const { partitions } = one;
    if (partitions !== undefined && (!Array.isArray(partitions) || partitions.some(isNaN)))
      throw new KafkaJSNonRetriableError(
        `Array of valid partitions required to ${verb} specific partitions instead of ${String(partitions)}`,
      );
  }
}

type CommitPartition = OffsetCommitRequest['topics'][number]['partitions'][number];
type BatchNews = Extract<ConsumerNews, { readonly is: 'START_BATCH_PROCESS' | 'END_BATCH_PROCESS' }>;

function batchPayload({ is, topic, partition, highWatermark, size, first, last, took }: BatchNews): object {
  const lag = (offset: number): string => String(Math.max(0, highWatermark - 1 - offset));
  return {
    ...{ topic, partition, highWatermark: String(highWatermark), batchSize: size },
    ...{
      offsetLag: lag(last),
      offsetLagLow: lag(first),
      firstOffset: String(first),
      lastOffset: String(last),
    },
    ...(is === 'END_BATCH_PROCESS' ? { duration: took } : {}),
  };
}
