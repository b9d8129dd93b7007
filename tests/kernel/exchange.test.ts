/** Requests on connections of their own: one question, one answer, and they can overtake each other. */
import { expect, test } from 'vitest';
import type { Machine, Tagged } from '../../src/kernel/machine';
import { factType } from '../../src/kernel/fact';
import { alone, build } from '../helpers/machines';

const Told = factType('responded', 'Told');
const Gone = factType('failed', 'Gone');
const Heard = factType('delivered', 'Heard');
const Left = factType('rejected', 'Left');

interface Question extends Tagged {
  readonly type: 'Question' | 'Ready' | 'GiveUp';
  readonly wait: number;
  readonly id?: number;
}

/** Asks as many questions as it is told, all at time 0; gives up on each after `patience`. */
const asker: Machine<{ open: number[] }, Question, { waits: number[]; patience: number }> & {
  waits?: number[];
} = {
  kind: 'test.asker',
  init: ({ waits, patience }) => ({ open: [], waits, patience }) as never,
  apply(state, command, context) {
    const { waits, patience } = state as never as { waits: number[]; patience: number };
    if (command.type === 'Start') {
      for (const wait of waits) {
        const id = context.request('oracle', { type: 'Question', wait } as Question);
        state.open.push(id);
        if (patience > 0) context.after(patience, { type: 'GiveUp', wait, id } as Question);
      }
    } else if (command.type === 'Question') {
      context.emit({ is: Told, subject: context.sender, amount: command.wait });
      state.open = state.open.filter((id) => id !== context.connection);
    } else if (command.type === 'GiveUp') {
      if (state.open.includes(command.id!)) context.abandon(command.id!);
      state.open = state.open.filter((id) => id !== command.id);
    } else if (command.type === 'ConnectionClosed') {
      context.emit({ is: Gone, subject: command.peer, detail: command.refused ? 'refused' : 'lost' });
    }
  },
  restart: (state) => void (state.open = []),
  clone: (state) => ({ ...state, open: state.open.slice() }),
};

/** Answers each after its wait. */
const oracle: Machine<object, Question> = {
  kind: 'test.oracle',
  init: () => ({}),
  apply(_, command, context) {
    if (command.type === 'Question') {
      context.emit({ is: Heard, subject: context.self, amount: command.wait });
      context.after(command.wait, { type: 'Ready', wait: command.wait, id: context.connection } as Question);
    } else if (command.type === 'Ready') {
      context.reply(command.id!, { type: 'Question', wait: command.wait } as Question);
    } else if (command.type === 'ConnectionClosed') context.emit({ is: Left, subject: command.peer });
  },
  restart: () => undefined,
  clone: (state) => state,
};

function ask(waits: number[], patience = 0, down = false) {
  return build({
    processes: [alone('asker', asker, { waits, patience }), alone('oracle', oracle)],
    latency: 1,
    inputs: down
      ? [
          {
            time: 0,
            action: (world: { takeDown(name: string, delay: null): void }) => world.takeDown('oracle', null),
          },
        ]
      : [],
  });
}

test('answers come as they are ready, not in the order of the questions, and leave no connection behind', () => {
  const { kernel, trace } = ask([5000, 1000, 3000]);
  kernel.runUntil(20_000);
  const told = [...trace.facts()].filter(({ type }) => type === 'Told').map(({ amount }) => amount);
  expect(told).toEqual([1000, 3000, 5000]);
  expect(kernel.network.connections.size).toBe(0);
  expect([...trace.facts()].some(({ type }) => type === 'Gone' || type === 'Left')).toBe(false);
});

test('who gives up hears no answer; the other end works on and hears that nobody waits', () => {
  const { kernel, trace } = ask([5000, 50], 3000);
  kernel.runUntil(20_000);
  const types = [...trace.facts()].map(({ type, amount }) => `${type} ${amount}`);
  expect(types).toEqual(['Heard 5000', 'Heard 50', 'Told 50', 'Left 0']);
  expect(kernel.network.connections.size).toBe(0);
});

test('a process that is down refuses each request, and says so', () => {
  const { kernel, trace } = build({
    processes: [alone('asker', asker, { waits: [5, 6], patience: 0 }, 1000), alone('oracle', oracle)],
    latency: 1,
    inputs: [
      {
        time: 0,
        action: (world: { takeDown(name: string, delay: null): void }) => world.takeDown('oracle', null),
      },
      {
        time: 100,
        action: (world: { crash(name: string, why: string): void }) => world.crash('asker', 'test'),
      },
    ],
  });
  kernel.runUntil(20_000);
  const gone = [...trace.facts()].filter(({ type }) => type === 'Gone').map(({ detail }) => detail);
  // the first two were on their way when the oracle went down; those of the second life are refused
  expect(gone).toEqual(['refused', 'refused']);
  expect(kernel.network.connections.size).toBe(0);
});

test('a snapshot keeps what is open', () => {
  const { kernel, trace } = ask([5000, 1000, 3000]);
  kernel.runUntil(2500);
  const saved = kernel.save();
  kernel.runUntil(20_000);
  const straight = [...trace.facts()].map(({ id, time }) => [id, time]);
  kernel.load(saved);
  kernel.runUntil(20_000);
  expect([...trace.facts()].map(({ id, time }) => [id, time])).toEqual(straight);
  expect(kernel.factCount).toBe(straight.length);
});
