/** A small Kafka world for stories: one broker, one shop that sends what the test says, readers with scripted handlers. */
import { part as broker } from '../../src/brokers/kafka/broker';
import { part as kafkaConsumer } from '../../src/clients/kafka/consumer';
import { part as javaConsumer } from '../../src/clients/kafka-java/consumer';
import { part as javaProducer } from '../../src/clients/kafka-java/producer';
import { part as kafkaProducer } from '../../src/clients/kafka/producer';
import type { Handle, Publish } from '../../src/kernel/delivery';
import { latencyTable } from '../../src/kernel/distribution';
import type { Fact } from '../../src/kernel/fact';
import { Kernel } from '../../src/kernel/kernel';
import type { Context, Machine, Tagged } from '../../src/kernel/machine';
import type { ProcessSetup } from '../../src/kernel/process';
import { ms, toMs } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import type { World } from '../../src/kernel/world';

/** What a reader's handler does. Places are "partition@offset". */
export interface HandlerScript {
  /** Milliseconds a message takes; by place for some. */
  readonly takesMs?: number;
  readonly slow?: Readonly<Record<string, number>>;
  /** How often it throws at a place before it succeeds. */
  readonly throws?: Readonly<Record<string, number>>;
  /** Pauses its consumer when it is given this place. */
  readonly pausesAt?: string;
}

export interface ReaderSpec {
  readonly name: string;
  readonly group?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly handler?: HandlerScript;
  /** The Java client's consumer, with its own options; left out: kafkajs's. */
  readonly isJava?: boolean;
  readonly restartAfterMs?: number | null;
}

export interface WorldSpec {
  /** Partitions of topic t. */
  readonly partitions?: number;
  readonly topic?: Readonly<Record<string, unknown>>;
  readonly readers?: readonly ReaderSpec[];
  readonly producer?: Readonly<Record<string, unknown>>;
  /** The Java client's producer, with its own options; left out: kafkajs's. */
  readonly isJavaProducer?: boolean;
  readonly seed?: number;
}

export interface Letter {
  readonly key?: string | null;
  readonly partition?: number;
}

export class KafkaWorld {
  readonly trace = new Trace();
  readonly kernel: Kernel;

  constructor({
    partitions = 1,
    topic = {},
    readers = [],
    producer = {},
    isJavaProducer = false,
    seed = 1,
  }: WorldSpec) {
    // prettier-ignore
    const latency = latencyTable(1);
    this.kernel = new Kernel({
      seed,
      sink: this.trace,
      latency: () => latency,
      act: (world, action) => (action as (world: World) => void)(world),
      processes: [
        brokerProcess({ name: 't', partitions, ...topic }),
        {
          name: 'shop',
          restartAfter: null,
          parts: [
            { name: 'sender', machine: sender, options: undefined },
            { name: 'driver', machine: (isJavaProducer ? javaProducer : kafkaProducer).machine, options: producer }, // prettier-ignore
          ],
        },
        ...readers.map(readerProcess),
      ],
    });
  }

  /** Lets time pass. */
  run(milliseconds: number): this {
    this.kernel.runUntil(this.kernel.now + ms(milliseconds));
    return this;
  }

  /** Does something to the world now. */
  act(deed: (world: World) => void): this {
    this.kernel.addInput({ time: this.kernel.now, action: deed });
    return this.run(0);
  }

  /** One call of producer.send. */
  send(...letters: readonly Letter[]): this {
    return this.act((world) => world.command('shop/sender', { type: 'SendLetters', letters } as Tagged));
  }

  tell(reader: string, command: Record<string, unknown> & Tagged): this {
    return this.act((world) => world.command(`${reader}/driver`, command));
  }

  /** Whether each call of send was answered, in the order of the answers. */
  get answers(): readonly string[] {
    return (this.kernel.part('shop/sender')!.state as SenderState).answers;
  }

  /** What a reader's handler was called with, in order, through all its lives. */
  invocations(reader: string): readonly string[] {
    return (this.kernel.part(`${reader}/handler`)!.state as HandlerState).invocations;
  }

  /** When it was called, in milliseconds. */
  invokedAt(reader: string): readonly number[] {
    return (this.kernel.part(`${reader}/handler`)!.state as HandlerState).times;
  }

  facts(kind: Fact['kind'], where: Partial<Fact> = {}): Fact[] {
    return [...this.trace.facts()].filter(
      (fact) =>
        fact.kind === kind &&
        Object.entries(where).every(([name, value]) => fact[name as keyof Fact] === value),
    );
  }

  /** Places records were appended at, in order. */
  get accepted(): string[] {
    return this.facts('accepted').map(({ subject, position }) => `${subject.split('/')[2]}@${position}`);
  }

  /** The group's committed offset per partition, as history tells it. */
  committed(group = 'g'): Record<number, number> {
    const offsets: Record<number, number> = {};
    for (const { subject, position } of this.facts('settled', { group })) {
      offsets[Number(subject.split('/')[2])] = position;
    }
    return offsets;
  }

  /** Partitions a reader owns now. */
  owns(reader: string): number[] {
    const { state } = this.kernel.part(`${reader}/driver`)! as {
      state: {
        owned?: { partition: number }[];
        assigned?: ReadonlyMap<string, { partition: number }>;
      };
    };
    return (state.owned ?? [...state.assigned!.values()])
      .map(({ partition }) => partition)
      .sort((a, b) => a - b);
  }
}

function brokerProcess(topic: Readonly<Record<string, unknown>>): ProcessSetup {
  const options = { 'group.initial.rebalance.delay.ms': 0 };
  return {
    name: 'kafka',
    restartAfter: null,
    parts: [
      {
        name: 'broker',
        machine: broker.machine,
        options: { name: 'kafka', kind: 'kafka', topics: [topic], options },
      },
    ],
  };
}

function readerProcess({
  name,
  group = 'g',
  options,
  handler = {},
  isJava = false,
  restartAfterMs = null,
}: ReaderSpec): ProcessSetup {
  const usual = isJava
    ? { 'group.id': group, topics: 't', handler: 'handler', 'auto.offset.reset': 'earliest' }
    : { groupId: group, topics: ['t'], handler: 'handler', fromBeginning: true };
  const { machine } = isJava ? javaConsumer : kafkaConsumer;
  return {
    name,
    restartAfter: restartAfterMs === null ? null : ms(restartAfterMs),
    parts: [
      { name: 'driver', machine, options: { ...usual, ...options } },
      { name: 'handler', machine: scripted, options: handler },
    ],
  };
}

interface SenderState {
  ticket: number;
  answers: string[];
}

/** Sends letters through the driver beside it and keeps the answers. */
const sender: Machine<SenderState, any> = {
  kind: 'story.sender',
  init: () => ({ ticket: 0, answers: [] }),
  apply(state, command, context) {
    if (command.type === 'Published' || command.type === 'PublishFailed') state.answers.push(command.type);
    if (command.type !== 'SendLetters') return;
    // one call per explicit partition, as a call has one; letters without share one
    const letters = command.letters as readonly Letter[];
    for (const partition of new Set(letters.map((letter) => letter.partition))) {
      const messages = letters
        .filter((letter) => letter.partition === partition)
        .map(({ key = 'mug' }) => composeLetter(key, context));
      const publish: Publish = {
        type: 'Publish',
        ticket: ++state.ticket,
        replyTo: 'sender',
        place: 't',
        messages,
      };
      context.tell('driver', partition === undefined ? publish : { ...publish, partition });
    }
  },
  restart: () => undefined,
  clone: (state) => ({ ...state, answers: state.answers.slice() }),
};

function composeLetter(key: string | null, context: Context): number {
  const label = key ?? '–';
  return context.compose({
    domain: 'order',
    type: 'OrderPlaced',
    label,
    key,
    version: 1,
    correlation: '',
    data: {},
  });
}

interface HandlerState {
  readonly script: HandlerScript;
  throws: Map<string, number>;
  invocations: string[];
  times: number[];
}

/** eachMessage by script. Its notes outlive its process: they are the test's. */
const scripted: Machine<HandlerState, any, HandlerScript> = {
  kind: 'story.handler',
  init: (script) => ({
    script,
    throws: new Map(Object.entries(script.throws ?? {})),
    invocations: [],
    times: [],
  }),
  apply(state, command, context) {
    if (command.type === 'Done')
      return context.tell('driver', { type: 'Handled', ticket: command.ticket } as Tagged);
    if (command.type !== 'Handle') return;
    const { ticket, delivery } = command as Handle;
    const place = `${delivery.source.split('/')[2]}@${delivery.position}`;
    state.invocations.push(place);
    state.times.push(toMs(context.now));
    if (state.script.pausesAt === place) context.tell('driver', { type: 'Pause' });
    const throwing = state.throws.get(place) ?? 0;
    if (throwing > 0) {
      state.throws.set(place, throwing - 1);
      return context.tell('driver', { type: 'HandlingFailed', ticket, error: 'Error: thrown' } as Tagged);
    }
    const { takesMs = 0, slow = {} } = state.script;
    context.after(ms(slow[place] ?? takesMs), { type: 'Done', ticket } as Tagged);
  },
  restart: () => undefined,
  clone: (state) => ({
    ...state,
    throws: new Map(state.throws),
    invocations: state.invocations.slice(),
    times: state.times.slice(),
  }),
};
