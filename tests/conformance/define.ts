/**
 * What a conformance scenario is: one small file that says what a program does with a broker, and what it lets be seen.
 * The same file runs on the simulation (simulated time, our facade of the client library) and on the real broker (real
 * time, the real library). README.md says how to write one.
 */
import type * as Kafkajs from 'kafkajs';
import type { Kafka } from 'kafkajs';
import type { ChannelModel } from 'amqplib';
import type * as ClientLambda from '@aws-sdk/client-lambda';
import type * as ClientSns from '@aws-sdk/client-sns';
import type * as ClientSqs from '@aws-sdk/client-sqs';
import type { JavaClients } from '../../src/clients/kafka-java/api';

/** A value that JSON can say. Observations are nothing else. */
export type Observed =
  null | boolean | number | string | readonly Observed[] | { readonly [name: string]: Observed };

/**
 * How an observation is compared (brokers.md E.0). Always after broker-made names were replaced by symbols in the order
 * in which they are first seen.
 */
export type Comparison =
  /** Exactly. */
  | 'D'
  /** A list of lists, or lists by lane: each lane exactly, the lanes in any order. */
  | 'P'
  /** A list whose order says nothing. */
  | 'M'
  /** One of these; `why` it cannot be exact. */
  | { readonly code: 'S'; readonly oneOf: readonly Observed[]; readonly why: string }
  /** Something that holds of it; `why` it cannot be exact. */
  | {
      readonly code: 'I';
      readonly invariant: string;
      readonly holds: (value: Observed) => boolean;
      readonly why: string;
    }
  /** Milliseconds, within bounds. */
  | { readonly code: 'T'; readonly min: number; readonly max: number };

export type Broker = 'kafka' | 'rabbitmq' | 'aws';

/** RabbitMQ's versions that are recorded: their rules differ. */
export type RabbitmqVersion = '4.0' | '3.10';

/** How the brokers are set up. */
export interface ClusterSpec {
  /** 1 (by default) or 3 nodes. */
  readonly nodes?: 1 | 3;
  /**
   * Kafka's server.properties, where they differ from the defaults (`group.initial.rebalance.delay.ms` is 0), RabbitMQ's
   * rabbitmq.conf, or options of the simulated AWS services ("sqs.inFlightLimit"), of which AWS has no equivalent.
   */
  readonly config?: Readonly<Record<string, string | number | boolean>>;
}

/** Which client a fault strikes: the ones made of this name by `client`. */
export interface Faults {
  /** TCP reset of the client's connections, now; it may connect again. Unless said: of the one named "client". */
  readonly cut: (client?: string) => Promise<void>;
  /**
   * The broker acts, and its reply to the client's next request of this API is lost; with `holdMs` it comes that much
   * later instead, and what comes after it waits behind it, as on one connection.
   */
  readonly dropResponse: {
    (client: string, api: KafkaApi, options?: { readonly holdMs?: number }): Promise<void>;
    /** Of the client named "client". */
    (api: KafkaApi, options?: { readonly holdMs?: number }): Promise<void>;
  };
  /** SIGKILL. Nodes are numbered from 1. With `disk: 'lost'` the files of its partitions are gone too. */
  readonly crash: (node: number, options?: { readonly disk?: 'lost' }) => Promise<void>;
  /** Starts a node that was killed. */
  readonly start: (node: number) => Promise<void>;
  /** SIGSTOP for so long: the node does nothing, its connections stay open. */
  readonly pause: (node: number, forMs: number) => Promise<void>;
  /** RabbitMQ only: stops the node in good order and starts it again. Resolves when it is there. */
  readonly restart: (node: number) => Promise<void>;
  /** RabbitMQ only: the node's memory alarm is raised, or over. */
  readonly memoryAlarm: (node: number, raised: boolean) => Promise<void>;
}

/** How a scenario connects to RabbitMQ with amqplib. */
export interface AmqpTools {
  /**
   * Opens a connection; `name` ("client" unless said) is what faults know it by, and its connection_name. `node` is counted
   * from 1, by default the first. `heartbeat` in seconds, 0 (none) unless said.
   */
  readonly connect: (
    name?: string,
    options?: { readonly node?: number; readonly heartbeat?: number },
  ) => Promise<ChannelModel>;
}

/** Code that Lambda runs: what it returns is the function's result, what it throws its error. */
export type LambdaHandler = (
  /** Whatever JSON the caller sent. */
  event: any,
  context: { readonly functionName: string; readonly awsRequestId: string },
) => unknown;

export interface LambdaFunction {
  readonly name: string;
  readonly handler: LambdaHandler;
  /** 3,000 unless said, as for a function that is made without one. */
  readonly timeoutMs?: number;
  readonly reservedConcurrency?: number;
}

/** How a scenario uses AWS with its SDK for JavaScript v3. */
export interface AwsTools {
  /** @aws-sdk/client-sqs, as a program imports it; likewise the others. Account 000000000000, region us-east-1. */
  readonly sqs: typeof ClientSqs;
  readonly sns: typeof ClientSns;
  readonly lambda: typeof ClientLambda;
  /** Stands for everything that uploading code takes. Resolves to the function's ARN. */
  readonly createFunction: (options: LambdaFunction) => Promise<string>;
}

/** Names of requests as the protocol guide gives them. */
export type KafkaApi =
  | 'Produce' | 'Fetch' | 'ListOffsets' | 'Metadata' | 'OffsetCommit' | 'OffsetFetch' | 'FindCoordinator'
  | 'JoinGroup' | 'Heartbeat' | 'LeaveGroup' | 'SyncGroup' | 'InitProducerId' | 'AddPartitionsToTxn'
  | 'AddOffsetsToTxn' | 'EndTxn' | 'TxnOffsetCommit' | 'CreateTopics' | 'DeleteRecords'; // prettier-ignore

/** What a scenario is given. */
export interface Tools {
  /** A client of the cluster, named "client". */
  readonly kafka: Kafka;
  /** A further client, under a name of its own, with options of its own. */
  readonly client: (name: string, options?: Readonly<Record<string, unknown>>) => Kafka;
  /** The library's other exports: Partitioners, PartitionAssigners, CompressionTypes, … */
  readonly kafkajs: typeof Kafkajs;
  /** The Java client, for what kafkajs does not have. */
  readonly java: JavaClients;
  /** RabbitMQ, through amqplib. */
  readonly amqp: AmqpTools;
  readonly aws: AwsTools;
  /** Of RabbitMQ: the version that runs, where rules differ. */
  readonly version: RabbitmqVersion;
  /** A name for a topic, group or transactional id that nobody has used: "orders" → "orders-x7k2". */
  readonly name: (base: string) => string;
  readonly fault: Faults;
  /** Lets something be seen. A second value under the same name makes a list of both. */
  readonly observe: (name: string, value: unknown) => void;
  /** Milliseconds: simulated or real. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Waits until it holds; rejects after `timeoutMs` (30,000 by default). */
  readonly until: (holds: () => boolean | Promise<boolean>, timeoutMs?: number) => Promise<void>;
  /** Milliseconds since the scenario began. */
  readonly now: () => number;
}

export interface ConformanceScenario {
  /** "K-01": as in brokers.md E where it is from there. */
  readonly id: string;
  /** What is found out, as a sentence. */
  readonly title: string;
  readonly broker: Broker;
  readonly cluster?: ClusterSpec;
  /** Of RabbitMQ, those it is recorded on; 4.0 alone unless said. */
  readonly versions?: readonly RabbitmqVersion[];
  /** One for everything that is observed, or one by name of observation. */
  readonly compare: Comparison | Readonly<Record<string, Comparison>>;
  readonly run: (tools: Tools) => Promise<void>;
}

/** A scenario file's default export. */
export function defineConformance(scenario: ConformanceScenario): ConformanceScenario {
  return scenario;
}

/** What was seen of a scenario on a real broker: a file beside it, "<file>.recorded.json". */
export interface Recorded {
  readonly id: string;
  /** "Apache Kafka 4.3.1". */
  readonly broker: string;
  /** "kafkajs 2.2.4". */
  readonly client: string;
  /** ISO date. */
  readonly date: string;
  readonly repetitions: number;
  /** By name, normalised. */
  readonly observed: Readonly<Record<string, Observed>>;
}

/** What AWS itself answered somebody, or says of itself: AWS cannot be reached from here. */
export const awsLabels = ['aws-recorded', 'aws-documented'] as const;

/**
 * The same file for a scenario of AWS, written by hand: from answers of AWS that others have recorded, or from AWS's
 * documentation, which is a claim and no recording. Never from what the simulation or an emulator does.
 */
export interface RecordedElsewhere {
  readonly id: string;
  /** "Amazon SQS". */
  readonly broker: string;
  readonly label: (typeof awsLabels)[number];
  /** The test that recorded it, or the page. */
  readonly source: string;
  /** What is documented, in AWS's words. */
  readonly quote?: string;
  /** ISO date of AWS's answer. */
  readonly date?: string;
  /** By name, normalised. */
  readonly observed: Readonly<Record<string, Observed>>;
}
