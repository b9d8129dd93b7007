/**
 * The kernel under light handlers: 8 producers, 6 partitions, 3 consumers, no broker rules. What is left is the
 * price of the loop itself: queue, dispatch, network, one fact per record.
 */
import { latencyTable } from '../../kernel/distribution';
import { factType } from '../../kernel/fact';
import { Kernel, type KernelOptions } from '../../kernel/kernel';
import type { Machine, Tagged } from '../../kernel/machine';
import { eventKinds, EventQueue } from '../../kernel/queue';
import { Streams } from '../../kernel/random';

const Appended = factType('accepted', 'RecordAppended');
const Taken = factType('delivered', 'RecordTaken');

interface Tick extends Tagged {
  readonly type: 'Tick';
}
interface Item extends Tagged {
  readonly type: 'Item';
  readonly message: number;
}

const tick: Tick = { type: 'Tick' };
const partitions = 6;
const partitionNames = Array.from({ length: partitions }, (_, index) => `partition-${index}`);
const consumerNames = Array.from({ length: 3 }, (_, index) => `consumer-${index}`);

const producer: Machine<{ sent: number }, Tick> = {
  kind: 'bench.producer',
  init: () => ({ sent: 0 }),
  apply(state, command, context) {
    if (command.type === 'ConnectionClosed') return;
    const random = context.random('work');
    if (command.type === 'Tick')
      context.send(partitionNames[random.below(partitions)], {
        type: 'Item',
        message: state.sent++,
      } as Item);
    context.after(50 + random.below(500), tick);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

const partition: Machine<{ index: number; length: number }, Item, number> = {
  kind: 'bench.partition',
  init: (index) => ({ index, length: 0 }),
  apply(state, command, context) {
    if (command.type !== 'Item') return;
    context.emit({
      is: Appended,
      subject: partitionNames[state.index],
      message: command.message,
      position: state.length++,
    });
    context.send(consumerNames[state.index % 3], command);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

const consumer: Machine<{ taken: number }, Item> = {
  kind: 'bench.consumer',
  init: () => ({ taken: 0 }),
  apply(state, command, context) {
    if (command.type !== 'Item') return;
    state.taken++;
    context.emit({ is: Taken, subject: context.self, message: command.message });
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

/** Options of the light workload. Add a sink to trace it. */
export function lightWorkload(): KernelOptions {
  const one = (name: string, machine: Machine<never, never, never>, options: unknown = undefined) => ({
    name,
    restartAfter: null,
    parts: [{ name: 'main', machine: machine as never, options }],
  });
  const latency = latencyTable(0.2);
  return {
    seed: 7,
    latency: () => latency,
    act: () => undefined,
    processes: [
      ...Array.from({ length: 8 }, (_, index) => one(`producer-${index}`, producer as never)),
      ...partitionNames.map((name, index) => one(name, partition as never, index)),
      ...consumerNames.map((name) => one(name, consumer as never)),
    ],
  };
}

export function lightKernel(sink: KernelOptions['sink'] = null): Kernel {
  return new Kernel({ ...lightWorkload(), sink });
}

/** The physical limit: the same queue, popped and pushed as often, with nothing done in between. */
export function bareLoop(events: number): number {
  const queue = new EventQueue();
  const random = new Streams(7).stream('bare');
  for (let i = 0; i < 40; i++) queue.push(random.below(1000), eventKinds.timer, 0, 0, 0, -1, tick);
  let now = 0;
  for (let i = 0; i < events; i++) {
    now = queue.nextTime;
    const slot = queue.pop();
    queue.release(slot);
    queue.push(now + 50 + random.below(500), eventKinds.timer, 0, 0, now, -1, tick);
  }
  return now;
}
