/**
 * A driver in a test's hands: the test plays the broker and the service beside it, step by step, on the pure reading
 * of the machine. What the driver tells itself is carried out at once, as the kernel does.
 */
import { part as consumerPart } from '../../../src/clients/kafka/consumer';
import { part as producerPart } from '../../../src/clients/kafka/producer';
import type {
  ErrorCode,
  KafkaRequest,
  KafkaResponse,
  StoredBatch,
} from '../../../src/brokers/kafka/protocol';
import { Bodies, type MessageId } from '../../../src/kernel/bodies';
import type { Machine, Tagged } from '../../../src/kernel/machine';
import { ms, toMs } from '../../../src/kernel/time';
import { seeded, transition, type SaidFact } from '../../helpers/transition';

type Answer = Record<string, unknown>;
type Request<Type extends KafkaRequest['type']> = Extract<KafkaRequest, { type: Type }>;

export class Conversation<State> {
  now = 0;
  state: State;
  readonly facts: SaidFact[] = [];
  /** Requests in the order they were sent. */
  readonly requests: KafkaRequest[] = [];
  /** Where each of them went. */
  readonly hosts: string[] = [];
  /** What other parts of the process were told. */
  readonly told: { readonly part: string; readonly command: Tagged }[] = [];
  /** Reminders that are due later. */
  timers: { readonly id: number; readonly at: number; readonly command: Tagged }[] = [];
  readonly disconnected: string[] = [];
  readonly bodies = new Bodies();
  readonly notes = new Map<string, readonly number[]>();
  private readonly machine: Machine<State, Tagged, any>;
  private next = { nextFact: 100, nextTimer: 1 };
  private readonly random = seeded(1);

  constructor(machine: Machine<State, any, any>, options: Readonly<Record<string, unknown>>) {
    this.machine = machine as Machine<State, Tagged, any>;
    this.state = this.machine.init(options);
  }

  /** Hands the driver a command, and everything it then tells itself. */
  hand(command: Tagged | Answer): this {
    const { now, random, bodies, notes, next } = this;
    const setting = { now, random, bodies, notes, self: 'search-a', part: 'driver', ...next };
    const outcome = transition(this.machine, this.state, command as unknown as Tagged, setting);
    this.state = outcome.state;
    this.next = outcome.next;
    this.facts.push(...outcome.facts);
    this.disconnected.push(...outcome.disconnected);
    for (const { to, message } of outcome.sent) {
      this.requests.push(message as unknown as KafkaRequest);
      this.hosts.push(to);
    }
    this.timers = [...this.timers, ...outcome.timers].filter(({ id }) => !outcome.cancelled.includes(id));
    for (const { part, command: local } of outcome.told) {
      if (part === 'driver') this.hand(local);
      else this.told.push({ part, command: local });
    }
    return this;
  }

  /** The last request of a type. */
  asked<Type extends KafkaRequest['type']>(type: Type): Request<Type> {
    const found = this.requests.filter((request) => request.type === type).pop();
    if (!found) throw new Error(`No ${type} was sent.`);
    return found as Request<Type>;
  }

  /** How often it asked. */
  count(type: KafkaRequest['type']): number {
    return this.requests.filter((request) => request.type === type).length;
  }

  /** Answers the last request that this response belongs to. */
  answer(type: KafkaResponse['type'], fields: Answer): this {
    const { correlationId } = this.asked(type.replace('Response', 'Request') as KafkaRequest['type']);
    return this.hand({ type, correlationId, ...fields });
  }

  /** Lets time pass, with every reminder on the way. */
  wait(milliseconds: number): this {
    const end = this.now + ms(milliseconds);
    for (;;) {
      const [due] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id);
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.now = due.at;
      this.hand(due.command);
    }
    this.now = end;
    return this;
  }

  /** The connection to the broker is gone. */
  hangUp(): this {
    return this.hand({ type: 'ConnectionClosed', connection: 1, peer: 'kafka/broker' });
  }

  /** The last thing another part was told. */
  get lastTold(): Tagged & Record<string, any> {
    return this.told[this.told.length - 1].command as Tagged & Record<string, any>;
  }

  /** The reminder of this type that is set, and in how many milliseconds. */
  reminder(type: string): number {
    const timer = this.timers.find(({ command }) => command.type === type);
    if (!timer) throw new Error(`No ${type} is set.`);
    return toMs(timer.at - this.now);
  }

  compose(label: string, key: string | null): MessageId {
    return this.bodies.add({
      domain: 'order',
      type: 'OrderPlaced',
      label,
      key,
      version: 1,
      correlation: '7f3a',
      data: { quantity: 1 },
    });
  }

  /** Broker 1 on process "kafka" leads every partition of these topics. */
  metadata(topics: Readonly<Record<string, number>>, errorCode: ErrorCode = 'NONE'): this {
    return this.answer('MetadataResponse', {
      brokers: [{ nodeId: 1, host: 'kafka' }],
      controllerId: 1,
      topics: Object.entries(topics).map(([name, count]) => ({
        errorCode,
        name,
        partitions: Array.from({ length: count }, (_, partitionIndex) => ({
          partitionIndex,
          leaderId: 1,
          leaderEpoch: 0,
          replicaNodes: [1],
          isrNodes: [1],
        })),
      })),
    });
  }
}

export function producerInConversation(options: Readonly<Record<string, unknown>> = {}) {
  return new Conversation(producerPart.machine, options);
}

const consumerDefaults = { groupId: 'search', topics: ['t'], handler: 'handler', fromBeginning: true };

/** A consumer in conversation, with the answers a quiet broker would give. */
export class ConsumerConversation extends Conversation<ReturnType<typeof consumerPart.machine.init>> {
  constructor(options: Readonly<Record<string, unknown>> = {}) {
    super(consumerPart.machine, { ...consumerDefaults, ...options });
  }

  /** Starts and joins alone, with these partitions of topic t out of `count`. */
  join(partitions: readonly number[], count = partitions.length): this {
    this.hand({ type: 'Start' }).metadata({ t: count });
    this.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
    return this.rejoin(partitions, count);
  }

  /** Joins under the id the coordinator gives, as leader, and is assigned these partitions. */
  rejoin(partitions: readonly number[], count = partitions.length, generationId = 1): this {
    if (this.asked('JoinGroupRequest').memberId === '') {
      this.answer('JoinGroupResponse', {
        errorCode: 'MEMBER_ID_REQUIRED',
        generationId: -1,
        protocolName: '',
        leader: '',
        memberId: 'me',
        members: [],
      });
    }
    this.answer('JoinGroupResponse', {
      errorCode: 'NONE',
      generationId,
      protocolName: 'RoundRobinAssigner',
      leader: 'me',
      memberId: 'me',
      members: [{ memberId: 'me', topics: ['t'] }],
    }).metadata({ t: count });
    return this.answer('SyncGroupResponse', { errorCode: 'NONE', assignment: { t: partitions } });
  }

  /** The coordinator knows these committed offsets, by partition. */
  committed(offsets: Readonly<Record<number, number>>): this {
    return this.answer('OffsetFetchResponse', {
      errorCode: 'NONE',
      topics: [
        {
          name: 't',
          partitions: Object.entries(offsets).map(([partition, committedOffset]) => ({
            partitionIndex: Number(partition),
            committedOffset,
            errorCode: 'NONE',
          })),
        },
      ],
    });
  }

  /** The leader lists these offsets, by partition. */
  listed(offsets: Readonly<Record<number, number>>): this {
    return this.answer('ListOffsetsResponse', {
      topics: [
        {
          name: 't',
          partitions: Object.entries(offsets).map(([partition, offset]) => ({
            partitionIndex: Number(partition),
            errorCode: 'NONE',
            timestamp: -1,
            offset,
          })),
        },
      ],
    });
  }

  /** The fetch brings these offsets, by partition: from (inclusive), to (exclusive). */
  fetched(ranges: Readonly<Record<number, readonly [number, number]>>, errorCode: ErrorCode = 'NONE'): this {
    return this.answer('FetchResponse', {
      responses: [
        {
          topic: 't',
          partitions: Object.entries(ranges).map(([partition, [from, to]]) => ({
            partition: Number(partition),
            errorCode,
            highWatermark: to,
            lastStableOffset: to,
            logStartOffset: 0,
            batches: to > from ? [this.batch(Number(partition), from, to)] : [],
          })),
        },
      ],
    });
  }

  handled(): this {
    return this.hand({ type: 'Handled', ticket: this.lastTold['ticket'] });
  }

  failed(error = 'Error: the handler throws'): this {
    return this.hand({ type: 'HandlingFailed', ticket: this.lastTold['ticket'], error });
  }

  committing(errorCode: ErrorCode = 'NONE'): this {
    const { topics } = this.asked('OffsetCommitRequest');
    return this.answer('OffsetCommitResponse', {
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
      })),
    });
  }

  beating(errorCode: ErrorCode = 'NONE'): this {
    return this.answer('HeartbeatResponse', { errorCode });
  }

  /** Offsets of the last commit, as "t/0@3". */
  get lastCommit(): string[] {
    return this.asked('OffsetCommitRequest').topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, committedOffset }) => `${name}/${partitionIndex}@${committedOffset}`),
    );
  }

  /** Positions of the last fetch, as "t/0@3". */
  get lastFetch(): string[] {
    return this.asked('FetchRequest').topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, fetchOffset }) => `${topic}/${partition}@${fetchOffset}`),
    );
  }

  /** What the handler was given so far, as "0@3" (partition @ offset). */
  get invocations(): string[] {
    return this.told
      .map(({ command }) => (command as Tagged & Record<string, any>)['delivery'])
      .map(({ source, position }) => `${String(source).split('/')[2]}@${position}`);
  }

  private batch(partition: number, from: number, to: number): StoredBatch {
    const records = Array.from({ length: to - from }, (_, index) => ({
      message: this.compose(`OC${partition}${from + index}`, 'mug'),
      key: 'mug',
      timestamp: 0,
      sizeBytes: 100,
      cause: -1,
    }));
    return {
      records,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      baseOffset: from,
      lastOffset: to - 1,
      maxTimestamp: 0,
      appendTime: 0,
      sizeBytes: 100 * records.length,
      firstFact: 10 * from,
    };
  }
}
