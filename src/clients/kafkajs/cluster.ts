/**
 * What every client of the library shares: asking a broker and awaiting its answer, metadata, leaders, coordinators
 * (kafkajs 2.2.4 src/cluster). Requests go through a driver of their own process.
 */
import type { ErrorCode, KafkaResponse, MetadataResponse } from '../../brokers/kafka/protocol';
import { machine, type Ask, type Asked, type BareRequest } from '../kafka/requests';
import type { RetryOptions } from '../kafka/retry';
import { scriptPart, type Driver, type ScriptWorld } from '../script';
import { isUnreachable } from '../kafka/failure';
import { KafkaJSConnectionError, KafkaJSError, KafkaJSProtocolError, toError } from './errors';
import { retried } from './retry';

/** Options of `new Kafka(…)` that the simulation goes by. */
export interface ClusterConfig {
  readonly clientId: string;
  /** Processes of brokers to ask first. */
  readonly hosts: readonly string[];
  readonly retry: Partial<RetryOptions> | undefined;
  readonly requestTimeout: number | undefined;
}

type Answer<Type extends KafkaResponse['type']> = Extract<KafkaResponse, { readonly type: Type }>;
type TopicMetadata = MetadataResponse['topics'][number];

export class Cluster {
  readonly config: ClusterConfig;
  readonly world: ScriptWorld;
  private driver: Driver | null = null;
  private lastTicket = 0;
  private readonly waiting = new Map<number, (answer: Asked['answer']) => void>();
  private brokers: MetadataResponse['brokers'] = [];
  /** Nodes that did not answer when they were asked last. */
  private readonly unreachable = new Set<string>();
  private readonly mayCreate: boolean;
  /** Topics it has asked about and found. */
  readonly known = new Set<string>();

  /** `mayCreate`: a topic that is asked about is made, where the broker allows it. */
  constructor(config: ClusterConfig, world: ScriptWorld, mayCreate = true) {
    this.mayCreate = mayCreate;
    this.config = config;
    this.world = world;
  }

  /** Drivers' options that say which cluster this is. */
  get driverOptions(): Readonly<Record<string, unknown>> {
    const { clientId, hosts, retry, requestTimeout } = this.config;
    return {
      broker: hosts[0],
      ...(hosts.length > 1 ? { brokers: hosts.join(' ') } : {}),
      clientId,
      ...(requestTimeout === undefined ? {} : { requestTimeout }),
      ...Object.fromEntries(Object.entries(retry ?? {}).map(([name, value]) => [`retry.${name}`, value])),
    };
  }

  /** The first broker that answers (brokerPool.js connect). */
  async connect(): Promise<void> {
    await retried(this.world, this.config.retry, () => this.metadata([]));
  }

  disconnect(): Promise<void> {
    this.driver?.kill();
    this.driver = null;
    return Promise.resolve();
  }

  async ask<Type extends KafkaResponse['type']>(
    type: Type,
    request: BareRequest,
    host = this.anyHost(),
  ): Promise<Answer<Type>> {
    this.driver ??= this.world.start(this.config.clientId, machine, this.driverOptions, (command) =>
      this.hear(command as Asked),
    );
    const ticket = ++this.lastTicket;
    const { driver } = this;
    const answer = await new Promise<Asked['answer']>((resolve) => {
      this.waiting.set(ticket, resolve);
      const ask: Ask = { type: 'Ask', ticket, replyTo: scriptPart, host, request };
      driver.tell(ask);
    });
    if ('failure' in answer && isUnreachable(answer.failure)) this.unreachable.add(host);
    else this.unreachable.delete(host);
    if ('failure' in answer) throw toError(answer.failure);
    if (answer.response.type !== type) throw new KafkaJSError(`${answer.response.type} is no ${type}`);
    return answer.response as Answer<Type>;
  }

  /** null: of all topics. A topic that cannot be had is an error, as everywhere in the library. */
  async metadata(
    topics: readonly string[] | null,
    mayCreate = this.mayCreate,
  ): Promise<readonly TopicMetadata[]> {
    const request = { type: 'MetadataRequest', topics, allowAutoTopicCreation: mayCreate } as const;
    const answer = await this.withAnyone(() => this.ask('MetadataResponse', request));
    this.brokers = answer.brokers;
    for (const { errorCode } of answer.topics) check(errorCode);
    for (const { errorCode = 'NONE' } of answer.topics.flatMap(({ partitions }) => partitions))
      check(errorCode);
    for (const { name } of answer.topics) this.known.add(name);
    return answer.topics;
  }

  /** Metadata of one topic, tried again while it is being made. */
  topic(name: string): Promise<TopicMetadata> {
    return retried(this.world, this.config.retry, async () => (await this.metadata([name]))[0]);
  }

  /** Brokers and the controller, as they are now. */
  async nodes(): Promise<Pick<MetadataResponse, 'brokers' | 'controllerId'>> {
    const request = { type: 'MetadataRequest', topics: [], allowAutoTopicCreation: false } as const;
    return this.withAnyone(() => this.ask('MetadataResponse', request));
  }

  /** Every node, one after the other. */
  async hosts(): Promise<readonly string[]> {
    return (await this.nodes()).brokers.map(({ host }) => host);
  }

  /** With KRaft any node does: it hands on what only the controller can do. */
  controller(): string {
    return this.anyHost();
  }

  async coordinator(key: string, keyType: 0 | 1): Promise<string> {
    return retried(this.world, this.config.retry, async (bail) => {
      const request = { type: 'FindCoordinatorRequest', key, keyType } as const;
      const answer = await this.withAnyone(() => this.ask('FindCoordinatorResponse', request));
      if (answer.errorCode !== 'NONE') {
        const error = new KafkaJSProtocolError(answer.errorCode);
        if (answer.errorCode !== 'COORDINATOR_NOT_AVAILABLE') bail(error);
        throw error;
      }
      return answer.host;
    });
  }

  hostOf(nodeId: number): string {
    return this.brokers.find((broker) => broker.nodeId === nodeId)?.host ?? this.config.hosts[0];
  }

  /** One that can be reached, as far as is known; those it knows before those it was given. */
  private anyHost(): string {
    const hosts = [...this.brokers.map(({ host }) => host), ...this.config.hosts];
    return hosts.find((host) => !this.unreachable.has(host)) ?? this.config.hosts[0];
  }

  /** Asks one node after the other until one answers (brokerPool.js withBroker). */
  private async withAnyone<Result>(ask: () => Promise<Result>): Promise<Result> {
    for (let left = this.config.hosts.length; ; left--) {
      try {
        return await ask();
      } catch (error) {
        const isGone = error instanceof KafkaJSConnectionError;
        if (left > 1 && isGone) continue;
        this.unreachable.clear();
        throw error;
      }
    }
  }

  private hear({ ticket, answer }: Asked): void {
    const resolve = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    resolve?.(answer);
  }
}

/** Throws the library's error for a code in an answer. */
export function check(errorCode: ErrorCode): void {
  if (errorCode !== 'NONE') throw new KafkaJSProtocolError(errorCode);
}
