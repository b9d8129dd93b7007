/**
 * The scenario: everything a run starts from, as plain JSON. Times are milliseconds. Validated in validate.ts
 * (valibot), migrated in migrate.ts, turned into a kernel in build.ts.
 */

import type { Latency } from '../kernel/distribution';

export const scenarioVersion = 1;

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** null: for ever. Default 7 days. */
  readonly retentionMs?: number | null;
  /** −1: no limit. */
  readonly retentionBytes?: number;
  readonly segmentBytes?: number;
  readonly segmentMs?: number;
  /** Copies of each partition; left out: one per node, at most three. */
  readonly replicationFactor?: number;
  readonly minInSyncReplicas?: number;
  readonly uncleanLeaderElection?: boolean;
}

/** A broker, or a service of AWS; `name` is also its process and the first part of addresses: "kafka". */
export type BrokerSpec = KafkaSpec | RabbitSpec | SqsSpec | SnsSpec | LambdaSpec;

type BrokerOptions = Readonly<Record<string, number | string | boolean | null>>;

export interface KafkaSpec {
  readonly name: string;
  readonly kind: 'kafka';
  readonly topics: readonly TopicSpec[];
  /** Left out: one. */
  readonly nodes?: number;
  /** Broker options by their real names, e.g. "group.initial.rebalance.delay.ms". Defaults as in Kafka. */
  readonly options?: BrokerOptions;
}

/** Optional arguments of AMQP, by their real names: "x-queue-type", "x-dead-letter-exchange". */
type AmqpArguments = Readonly<Record<string, string | number | boolean | null>>;

export interface RabbitSpec {
  readonly name: string;
  readonly kind: 'rabbitmq';
  /** Rules that differ by version follow it. Left out: 4.0. */
  readonly version?: '4.0' | '3.10';
  /** Left out: one. */
  readonly nodes?: number;
  readonly exchanges?: readonly {
    readonly name: string;
    readonly type: 'direct' | 'topic' | 'fanout' | 'headers';
    /** Left out: durable. */
    readonly durable?: boolean;
    readonly autoDelete?: boolean;
    readonly internal?: boolean;
    readonly arguments?: AmqpArguments;
  }[];
  readonly queues?: readonly {
    readonly name: string;
    /** Left out: durable. */
    readonly durable?: boolean;
    readonly autoDelete?: boolean;
    readonly arguments?: AmqpArguments;
  }[];
  readonly bindings?: readonly {
    readonly source: string;
    readonly destination: string;
    /** Left out: a queue. */
    readonly destinationType?: 'queue' | 'exchange';
    readonly routingKey?: string;
    readonly arguments?: AmqpArguments;
  }[];
  /** Settings of rabbitmq.conf, by their real names: "consumer_timeout". */
  readonly options?: BrokerOptions;
}

/** Attributes of AWS, by their real names; all of them are strings, as in its API. */
type AwsAttributes = Readonly<Record<string, string>>;

export interface SqsSpec {
  readonly name: string;
  readonly kind: 'sqs';
  /** A FIFO queue's name ends in ".fifo". */
  readonly queues: readonly { readonly name: string; readonly attributes?: AwsAttributes }[];
  readonly options?: BrokerOptions;
}

export interface SnsSpec {
  readonly name: string;
  readonly kind: 'sns';
  readonly topics: readonly { readonly name: string; readonly attributes?: AwsAttributes }[];
  readonly subscriptions?: readonly {
    readonly topic: string;
    readonly protocol: 'sqs' | 'lambda';
    /** "sqs/orders", "lambda/resize", or an ARN. */
    readonly endpoint: string;
    readonly attributes?: AwsAttributes;
  }[];
  readonly options?: BrokerOptions;
}

export interface LambdaSpec {
  readonly name: string;
  readonly kind: 'lambda';
  readonly functions: readonly {
    readonly name: string;
    /** The service that is its code. */
    readonly process: string;
    readonly timeoutMs?: number;
    readonly memoryMb?: number;
    readonly reservedConcurrency?: number;
  }[];
  readonly eventSourceMappings?: readonly {
    readonly function: string;
    /** "sqs/orders", or an ARN. */
    readonly queue: string;
    readonly batchSize?: number;
    readonly maximumBatchingWindowMs?: number;
    readonly maximumConcurrency?: number;
    readonly reportBatchItemFailures?: boolean;
    readonly filterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  }[];
  readonly options?: BrokerOptions;
}

/** One part of a service process. `kind` names a file under services/, patterns/ or a driver under clients/. */
export interface PartSpec {
  /** Unique within its process; how sibling parts address it. Defaults to `kind`. */
  readonly name?: string;
  readonly kind: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ServiceSpec {
  readonly name: string;
  /** How goals and pictures speak of it: "search", "shop". Several processes may share a role. */
  readonly role: string;
  readonly parts: readonly PartSpec[];
  /** After a crash the process starts again by itself this much later; null: stays down until restarted. */
  readonly restartAfterMs: number | null;
}

export interface LinkSpec {
  readonly from: string;
  readonly to: string;
  readonly latencyMs: Latency;
}

export interface Scenario {
  readonly version: typeof scenarioVersion;
  readonly name: string;
  /** Latency of links that are not listed. */
  readonly latencyMs: Latency;
  readonly links: readonly LinkSpec[];
  readonly brokers: readonly BrokerSpec[];
  readonly services: readonly ServiceSpec[];
  /** Things that happen by themselves: faults and workload of the lesson. */
  readonly schedule: readonly ScheduledAction[];
  /** How long a run is worth watching. */
  readonly endMs: number;
}

/** What the class of an action means for a proof is in design.md (Inputs). */
export type ActionClass = 'design' | 'operation' | 'fault' | 'workload';

/** Something a person (or the schedule) does to the world. `name` is a file under faults/ or an action of build.ts. */
export interface Action {
  readonly class: ActionClass;
  /** "crash", "pin", "cut", "seek", "publish", "pause", "resume", "knob", "wipe", "restart" … */
  readonly name: string;
  /** Address acted on: "search-b", "kafka/shop-events/0", "shop". */
  readonly target: string;
  readonly options: Readonly<Record<string, string | number | boolean | null>>;
}

export interface ScheduledAction {
  readonly atMs: number;
  readonly action: Action;
}

/** A person's action at an instant (microseconds). `order` breaks ties among inputs of one instant. */
export interface Input {
  readonly time: number;
  readonly order: number;
  readonly action: Action;
}

/** Everything that makes a run. Saved and shared; traces and snapshots can always be rebuilt from it. */
export interface Recording {
  /** Version of the engine that made it; another version opens it with a notice if the hash differs. */
  readonly engine: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly inputs: readonly Input[];
}
