/** A small RabbitMQ world for stories: one broker, one shop that sends what the test says, readers of its queue. */
import { part as broker } from '../../src/brokers/rabbitmq/broker';
import { part as rabbitConsumer } from '../../src/clients/rabbitmq/consumer';
import { part as rabbitProducer } from '../../src/clients/rabbitmq/producer';
import type { Publish } from '../../src/kernel/delivery';
import { latencyTable } from '../../src/kernel/distribution';
import type { Fact } from '../../src/kernel/fact';
import { Kernel } from '../../src/kernel/kernel';
import type { Machine, Tagged } from '../../src/kernel/machine';
import type { ProcessSetup } from '../../src/kernel/process';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import type { World } from '../../src/kernel/world';
import { part as consumer } from '../../src/services/consumer';

type Options = Readonly<Record<string, unknown>>;

export interface RabbitWorldSpec {
  /** Arguments of the queue "orders". */
  readonly queue?: Options;
  readonly producer?: Options;
  /** By name of their processes. */
  readonly readers?: Readonly<Record<string, { readonly driver?: Options; readonly handler?: Options }>>;
}

/** "dead" is bound to the exchange "dead", for what dies. */
export class RabbitWorld {
  readonly trace = new Trace();
  readonly kernel: Kernel;

  constructor({ queue = {}, producer = {}, readers = {} }: RabbitWorldSpec) {
    const latency = latencyTable(1);
    const spec = {
      ...{ name: 'rabbit', kind: 'rabbitmq', exchanges: [{ name: 'dead', type: 'fanout' }] },
      queues: [{ name: 'orders', arguments: queue }, { name: 'dead' }],
      bindings: [{ source: 'dead', destination: 'dead' }],
    };
    this.kernel = new Kernel({
      seed: 1,
      sink: this.trace,
      latency: () => latency,
      act: (world, action) => (action as (world: World) => void)(world),
      processes: [
        process('rabbit', [{ name: 'broker', machine: broker.machine, options: spec }]),
        process('shop', [
          { name: 'sender', machine: sender, options: undefined },
          { name: 'driver', machine: rabbitProducer.machine, options: producer },
        ]),
        ...Object.entries(readers).map(([name, { driver, handler }]) =>
          process(name, [
            {
              name: 'driver',
              machine: rabbitConsumer.machine,
              options: { queue: 'orders', handler: 'handler', ...driver },
            },
            { name: 'handler', machine: consumer.machine, options: { latencyMs: 0, ...handler } },
          ]),
        ),
      ],
    });
    this.run(20);
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

  /** One call, for the queue "orders" unless the driver's options say otherwise. */
  send(...labels: readonly string[]): this {
    return this.act((world) => world.command('shop/sender', { type: 'SendLetters', labels } as Tagged));
  }

  get answers(): readonly string[] {
    return (this.kernel.part('shop/sender')!.state as SenderState).answers;
  }

  /** What history tells of this kind, in order: labels. */
  labels(kind: Fact['kind'], where: Partial<Fact> = {}): string[] {
    return this.facts(kind, where).map(({ message }) => this.kernel.bodies.get(message).label);
  }

  facts(kind: Fact['kind'], where: Partial<Fact> = {}): Fact[] {
    return [...this.trace.facts()].filter(
      (fact) =>
        fact.kind === kind &&
        Object.entries(where).every(([name, value]) => fact[name as keyof Fact] === value),
    );
  }
}

function process(name: string, parts: ProcessSetup['parts']): ProcessSetup {
  return { name, restartAfter: null, parts };
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
    const body = { domain: 'order', type: 'OrderPlaced', key: 'mug', version: 1, correlation: '' } as const;
    const labels = command.labels as readonly string[];
    const messages = labels.map((label) => context.compose({ ...body, label, data: {} }));
    const ticket = ++state.ticket;
    const publish: Publish = { type: 'Publish', ticket, replyTo: 'sender', place: 'orders', messages };
    context.tell('driver', publish);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state, answers: state.answers.slice() }),
};
