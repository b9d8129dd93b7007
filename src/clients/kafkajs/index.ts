/**
 * A facade of kafkajs 2.2.4: the library's names, options, results, error classes and messages, over the drivers that
 * lessons use, in simulated time. A program type-checks against either. What is not offered is in unsupported.ts and
 * says so when it is called.
 */
import type * as Kafkajs from 'kafkajs';
import type { ConsumerConfig, KafkaConfig, ProducerConfig } from 'kafkajs';
import type { RetryOptions } from '../kafka/retry';
import type { ScriptWorld } from '../script';
import { Admin } from './admin';
import { Cluster } from './cluster';
import { topicResource } from './topic-settings';
import { Consumer } from './consumer';
import { AssignerProtocol } from './describe-groups';
import * as errors from './errors';
import { Partitioners } from './partitioners';
import { Producer } from './producer';
import { refuse } from './unsupported';

type Library = typeof Kafkajs;

/** The module as a program imports it, for one world. */
export function kafkajs(world: ScriptWorld): Library {
  class Kafka {
    readonly config: KafkaConfig;
    constructor(config: KafkaConfig) {
      this.config = config;
    }
    producer(config?: ProducerConfig): Producer {
      return refuse('producer', new Producer(this.cluster(), config));
    }
    consumer(config: ConsumerConfig): Consumer {
      return refuse('consumer', new Consumer(this.cluster(), config));
    }
    admin(config?: { readonly retry?: Partial<RetryOptions> }): Admin {
      return refuse('admin', new Admin(this.cluster(false), config));
    }
    logger(): object {
      return silent;
    }
    private cluster(mayCreate = true): Cluster {
      const { clientId = 'kafkajs', brokers, retry, requestTimeout } = this.config;
      if (typeof brokers === 'function')
        throw new errors.NotSimulated('Brokers are named in a list here, not found by a function.');
      // "host:9092": a process listens on one port
      const hosts = brokers.map((broker) => broker.split(':', 1)[0]);
      return new Cluster({ clientId, hosts, retry, requestTimeout }, world, mayCreate);
    }
  }
  const { NotSimulated: _, toError: __, protocolErrorOf: ___, ...classes } = errors;
  return { ...constants, ...classes, Kafka, Partitioners, AssignerProtocol } as unknown as Library;
}

const silent = { info: ignore, warn: ignore, error: ignore, debug: ignore, setLogLevel: ignore };

function ignore(): void {
  // the library's log is not simulated
}

const constants = {
  logLevel: { NOTHING: 0, ERROR: 1, WARN: 2, INFO: 4, DEBUG: 5 },
  ConfigResourceTypes: { UNKNOWN: 0, TOPIC: topicResource, BROKER: 4, BROKER_LOGGER: 8 },
  CompressionTypes: { None: 0, GZIP: 1, Snappy: 2, LZ4: 3, ZSTD: 4 },
  CompressionCodecs: {},
  PartitionAssigners: { roundRobin: undefined },
};
