/**
 * The Java client as a script sees it (org.apache.kafka.clients, 4.3), in promises: same names, same configuration keys,
 * same defaults, same exceptions by their simple names. A conformance scenario talks to this; on a real broker the real
 * library stands behind it (tests/conformance/java), in the simulation ours does (facade.ts). Bytes are text.
 */

/** By their real names, as in a .properties file: "enable.auto.commit". */
export type JavaConfig = Readonly<Record<string, string | number | boolean>>;

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface JavaRecord extends TopicPartition {
  readonly offset: number;
  readonly key: string | null;
  /** null: a tombstone. */
  readonly value: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly timestampMs: number;
  /** Share consumers only: 1 for the first delivery. */
  readonly deliveryCount?: number;
}

export interface RecordMetadata extends TopicPartition {
  /** −1 with acks 0. */
  readonly offset: number;
}

/** An exception of the library: `name` is its simple class name ("UnknownMemberIdException"), `message` its message. */
export class JavaError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface JavaProducer {
  /** Resolves when the record is acknowledged, as its future does; sends that are not awaited keep their order. */
  send(record: {
    readonly topic: string;
    readonly value: string | null;
    readonly key?: string | null;
    readonly partition?: number;
    readonly timestampMs?: number;
    readonly headers?: readonly (readonly [string, string])[];
  }): Promise<RecordMetadata>;
  flush(): Promise<void>;
  partitionsFor(topic: string): Promise<readonly number[]>;
  initTransactions(): Promise<void>;
  beginTransaction(): Promise<void>;
  /** With the consumer's group metadata, so that its member and generation are checked (KIP-447). */
  sendOffsetsToTransaction(
    offsets: readonly (TopicPartition & { readonly offset: number })[],
    consumer: JavaConsumer,
  ): Promise<void>;
  commitTransaction(): Promise<void>;
  abortTransaction(): Promise<void>;
  close(): Promise<void>;
}

/** What a rebalance told the application, in order: "assigned", "revoked" or "lost", with the partitions it named. */
export interface RebalanceEvent {
  readonly is: 'assigned' | 'revoked' | 'lost';
  /** "orders-0", sorted. */
  readonly partitions: readonly string[];
}

export interface JavaConsumer {
  subscribe(topics: readonly string[]): Promise<void>;
  assign(partitions: readonly TopicPartition[]): Promise<void>;
  /** One poll. May return nothing before the timeout, as the real one may after a rebalance. */
  poll(timeoutMs: number): Promise<readonly JavaRecord[]>;
  /** Of all that was polled, or of these. */
  commitSync(offsets?: readonly (TopicPartition & { readonly offset: number })[]): Promise<void>;
  committed(partition: TopicPartition): Promise<number | null>;
  position(partition: TopicPartition): Promise<number>;
  seek(partition: TopicPartition, offset: number): Promise<void>;
  seekToBeginning(partitions: readonly TopicPartition[]): Promise<void>;
  pause(partitions: readonly TopicPartition[]): Promise<void>;
  resume(partitions: readonly TopicPartition[]): Promise<void>;
  /** "orders-0", sorted. */
  assignment(): Promise<readonly string[]>;
  /** Since the last call. */
  rebalances(): Promise<readonly RebalanceEvent[]>;
  groupMetadata(): Promise<{ readonly generationId: number; readonly memberId: string }>;
  close(): Promise<void>;
  /** The process dies: no leave, no last commit, no heartbeat. On the real client: the JVM that runs it is killed. */
  kill(): Promise<void>;
  /** SIGSTOP for so long, then it goes on: heartbeats stop with it. Resolves when it goes on. */
  pauseProcess(forMs: number): Promise<void>;
}

export type Acknowledge = 'ACCEPT' | 'RELEASE' | 'REJECT' | 'RENEW';

export interface JavaShareConsumer {
  subscribe(topics: readonly string[]): Promise<void>;
  poll(timeoutMs: number): Promise<readonly JavaRecord[]>;
  /** Needs share.acknowledgement.mode=explicit. */
  acknowledge(record: JavaRecord, type?: Acknowledge): Promise<void>;
  /** By partition: null, or the name of what went wrong. */
  commitSync(): Promise<Readonly<Record<string, string | null>>>;
  close(): Promise<void>;
  kill(): Promise<void>;
}

export interface JavaAdmin {
  createTopic(topic: string, partitions: number, config?: JavaConfig): Promise<void>;
  /** group.share / group.consumer settings and the like: incrementalAlterConfigs of a GROUP resource. */
  setGroupConfig(groupId: string, config: JavaConfig): Promise<void>;
  describeGroup(groupId: string): Promise<{
    readonly state: string;
    readonly type: string;
    readonly members: readonly {
      readonly memberId: string;
      readonly instanceId: string | null;
      readonly clientId: string;
      readonly assignment: readonly string[];
      /** Of the consumer protocol; null elsewhere. */
      readonly memberEpoch: number | null;
    }[];
  }>;
  /** Lag and state of a share group: its start offset by "topic-partition". */
  shareGroupOffsets(groupId: string): Promise<Readonly<Record<string, number>>>;
  listOffsets(partition: TopicPartition, spec: 'earliest' | 'latest'): Promise<number>;
  close(): Promise<void>;
}

/** Single requests, for what no client of the library would ever send. They go to the first broker. */
export interface JavaRaw {
  /** Of an idempotent producer. */
  initProducerId(): Promise<{ readonly producerId: number; readonly epoch: number }>;
  /** One batch with these numbers, as it is. `error` is the protocol's name: "NONE" when it was taken. */
  produce(
    batch: TopicPartition & {
      readonly producerId: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly values: readonly string[];
    },
  ): Promise<{ readonly error: string; readonly baseOffset: number }>;
  close(): Promise<void>;
}

/** `clientId` names the client in faults, as `client(name)` does for kafkajs. Each client is a process of its own. */
export interface JavaClients {
  producer(clientId: string, config?: JavaConfig): Promise<JavaProducer>;
  consumer(clientId: string, config: JavaConfig): Promise<JavaConsumer>;
  shareConsumer(clientId: string, config: JavaConfig): Promise<JavaShareConsumer>;
  admin(clientId: string): Promise<JavaAdmin>;
  raw(clientId: string): Promise<JavaRaw>;
}
