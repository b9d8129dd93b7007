/** A program's eachMessage and eachBatch: what they are given, and what becomes of what they throw. */
import type { ConsumerRunConfig, EachBatchPayload, OffsetsByTopicPartition } from 'kafkajs';
import type { Handle } from '../../kernel/delivery';
import type { Tagged } from '../../kernel/machine';
import type { HandleBatch } from '../kafka/calls';
import { uncommittedTopics } from '../kafka/commit';
import type { Consumer as DriverState } from '../kafka/consumer-state';
import type { Failure } from '../kafka/failure';
import type { Driver, ScriptWorld } from '../script';
import { KafkaJSError, toError } from './errors';
import { messageOf } from './messages';

type Pausing = (topics: { topic: string; partitions?: number[] }[]) => void;

/** What handlers may do to their consumer. */
export interface Reins {
  call(command: Omit<Tagged & { readonly ticket: number }, 'ticket'>): Promise<void>;
  readonly pause: Pausing;
  readonly resume: Pausing;
}

export class Handlers {
  private readonly world: ScriptWorld;
  private readonly driver: Driver;
  private readonly run: ConsumerRunConfig;
  private readonly reins: Reins;
  /** Errors of the client that a handler may let pass, and what the driver knew them as. */
  private readonly known = new WeakMap<Error, Failure>();
  private thrown: Error | undefined;

  constructor(world: ScriptWorld, driver: Driver, run: ConsumerRunConfig, reins: Reins) {
    this.world = world;
    this.driver = driver;
    this.run = run;
    this.reins = reins;
  }

  /** The library's error for a failure; what the handler itself threw, where it is that. */
  errorOf(failure: Failure): Error {
    const error = toError(failure, this.thrown);
    this.known.set(error, failure);
    return error;
  }

  message({ ticket, delivery }: Handle): void {
    const { source, position, message, timestamp = 0 } = delivery;
    const [, topic, index] = source.split('/') as [string, string, string];
    const partition = Number(index);
    this.settle(ticket, async () => {
      await this.run.eachMessage?.({
        topic,
        partition,
        message: messageOf(this.world.body(message), position, timestamp),
        heartbeat: () => this.reins.call({ type: 'CallBeat' }),
        pause: () => this.pause(topic, partition),
      });
    });
  }

  batch(handed: HandleBatch): void {
    this.settle(handed.ticket, async () => {
      await this.run.eachBatch?.(this.payloadOf(handed));
    });
  }

  private payloadOf({ topic, partition, highWatermark, lastOffset, records }: HandleBatch): EachBatchPayload {
    const messages = records.map(({ message, position, timestamp }) =>
      messageOf(this.world.body(message), position, timestamp),
    );
    const last = records.at(-1)?.position ?? lastOffset;
    const state = (): DriverState => this.driver.state as DriverState;
    const lag = (offset: number): string => String(Math.max(0, highWatermark - 1 - offset));
    return {
      batch: {
        ...{ topic, partition, messages, highWatermark: String(highWatermark) },
        isEmpty: () => messages.length === 0,
        firstOffset: () => messages[0]?.offset ?? null,
        lastOffset: () => String(lastOffset),
        offsetLag: () => lag(lastOffset),
        offsetLagLow: () => lag(records[0]?.position ?? lastOffset),
      },
      resolveOffset: (offset) => {
        // the last record's stands for the control records after it, which no handler sees (runner.js)
        const resolved = Number(offset) === last ? lastOffset : Number(offset);
        this.driver.tell({ type: 'ResolveOffset', topic, partition, offset: resolved } as Tagged);
      },
      heartbeat: () => this.reins.call({ type: 'CallBeat' }),
      pause: () => this.pause(topic, partition),
      commitOffsetsIfNecessary: (offsets) => this.commit(offsets),
      uncommittedOffsets: () => ({
        topics: uncommittedTopics(state()).map(({ name, partitions }) => ({
          topic: name,
          // numbers are keys of an object there, and so text
          partitions: partitions.map(({ partitionIndex, committedOffset }) => ({
            partition: String(partitionIndex) as unknown as number,
            offset: String(committedOffset),
          })),
        })),
      }),
      isRunning: () => state().running,
      isStale: () => state().seeks.some((seek) => seek.topic === topic && seek.partition === partition),
    };
  }

  private commit(offsets: OffsetsByTopicPartition | undefined): Promise<void> {
    if (!offsets) return this.reins.call({ type: 'CallCommit' });
    const topics = offsets.topics.map(({ topic, partitions }) => ({
      name: topic,
      partitions: partitions.map(({ partition, offset }) => ({
        partitionIndex: partition,
        committedOffset: Number(offset),
      })),
    }));
    return this.reins.call({ type: 'CallCommit', topics } as Tagged);
  }

  private pause(topic: string, partition: number): () => void {
    const topics = [{ topic, partitions: [partition] }];
    this.reins.pause(topics);
    return () => this.reins.resume(topics);
  }

  /** Lets the driver know how it went. A handler that throws at once has thrown all the same. */
  private settle(ticket: number, work: () => Promise<void>): void {
    work().then(
      () => this.driver.tell({ type: 'Handled', ticket } as Tagged),
      (caught: unknown) => {
        const error = caught instanceof Error ? caught : new KafkaJSError(String(caught));
        this.thrown = error;
        const failure = this.known.get(error);
        const text = `${error.name}: ${error.message}`;
        this.driver.tell({ type: 'HandlingFailed', ticket, error: text, failure } as Tagged);
      },
    );
  }
}
