/** A broker, simulated, and a program that uses it through the facade. */
import type * as Amqplib from 'amqplib';
import type { ChannelModel } from 'amqplib';
import { part as broker } from '../../../src/brokers/rabbitmq/broker';
import { amqplib } from '../../../src/clients/amqplib';
import { Script, type ScriptAction } from '../../../src/clients/script';
import { latencyTable } from '../../../src/kernel/distribution';
import { Kernel } from '../../../src/kernel/kernel';
import { ms } from '../../../src/kernel/time';

export interface World {
  readonly amqp: typeof Amqplib;
  readonly connect: (heartbeat?: number) => Promise<ChannelModel>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly kernel: Kernel;
  /** The broker's process dies. */
  readonly crash: () => void;
  /** Nothing passes between the broker and anybody. */
  readonly silence: () => void;
  readonly shutDown: () => void;
}

/** Runs a program to its end. */
export async function run<Result>(program: (world: World) => Promise<Result>): Promise<Result> {
  const latency = latencyTable(1);
  const spec = { name: 'rabbit', kind: 'rabbitmq', version: '4.0' };
  const kernel = new Kernel({
    seed: 1,
    latency: () => latency,
    act: (world, action) => (action as ScriptAction)(world),
    processes: [
      {
        name: 'rabbit',
        restartAfter: null,
        parts: [{ name: 'broker', machine: broker.machine, options: spec }],
      },
    ],
  });
  const script = new Script(kernel, () => new Promise((resolve) => setImmediate(resolve)));
  const amqp = amqplib(script);
  const node = kernel.process('rabbit')!;
  const silence: ScriptAction = (world) =>
    kernel.processes.forEach(({ name }) => name !== 'rabbit' && world.cut('rabbit', name));
  const world: World = {
    ...{ amqp, kernel },
    connect: (heartbeat = 0) => amqp.connect(`amqp://guest:guest@rabbit:5672?heartbeat=${heartbeat}`),
    sleep: (milliseconds) => script.sleep(ms(milliseconds)),
    crash: () => kernel.fates.crash(node, 'killed', null, -1),
    silence: () => kernel.addInput({ time: kernel.now, action: silence }),
    shutDown: () => {
      kernel.dispatch(kernel.part('rabbit/broker')!, { type: 'ShutDown' }, -1, 0, null);
      kernel.fates.crash(node, 'killed', null, -1);
    },
  };
  return script.run(() => program(world), ms(600_000));
}

/** What happens to a channel or connection, in order; errors by their message. */
export function events(emitter: Amqplib.Channel | ChannelModel, names = ['error', 'close']): string[] {
  const happened: string[] = [];
  for (const name of names)
    emitter.on(name, (value: unknown) =>
      happened.push(value instanceof Error ? `${name}: ${value.message}` : name),
    );
  return happened;
}

/** What a promise is rejected with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('It was not rejected.');
}
