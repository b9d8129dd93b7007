import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventKinds, EventQueue } from '../../src/kernel/queue';

const push = (queue: EventQueue, time: number, name: string) =>
  queue.push(time, eventKinds.timer, 0, 0, 0, -1, { type: name });

function drain(queue: EventQueue): string[] {
  const names: string[] = [];
  while (queue.size > 0) {
    const slot = queue.pop();
    names.push(queue.commandOf(slot)!.type);
    queue.release(slot);
  }
  return names;
}

describe('the event queue', () => {
  test('gives the earliest first, and equal times in the order they were pushed', () => {
    const queue = new EventQueue();
    push(queue, 5, 'late');
    push(queue, 1, 'first');
    push(queue, 1, 'second');
    expect(drain(queue)).toEqual(['first', 'second', 'late']);
  });

  test('cancels a pending event for real, and says when it is gone already', () => {
    const queue = new EventQueue();
    const id = push(queue, 1, 'a');
    push(queue, 2, 'b');
    expect([queue.cancel(id), queue.size, queue.cancel(id)]).toEqual([true, 1, false]);
    expect(drain(queue)).toEqual(['b']);
  });

  test('an id is never confused with a later event that took the same slot', () => {
    const queue = new EventQueue();
    const id = push(queue, 1, 'a');
    queue.cancel(id);
    push(queue, 1, 'b');
    expect(queue.cancel(id)).toBe(false);
    expect(drain(queue)).toEqual(['b']);
  });

  test('equals a sorted list under random pushes, pops, cancels, saves and loads', () => {
    const commands = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('push' as const), time: fc.integer({ min: 0, max: 20 }) }),
        fc.record({ do: fc.constantFrom('pop' as const, 'save' as const, 'load' as const) }),
        fc.record({ do: fc.constant('cancel' as const), which: fc.nat(200) }),
      ),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(commands, (list) => {
        let queue = new EventQueue();
        let model: { time: number; order: number; id: number }[] = [];
        let saved = queue.save();
        let savedModel = model.slice();
        let order = 0;
        for (const command of list) {
          if (command.do === 'push') {
            model.push({ time: command.time, order, id: push(queue, command.time, String(order++)) });
            model.sort((a, b) => a.time - b.time || a.order - b.order);
          } else if (command.do === 'pop' && model.length > 0) {
            expect(queue.nextTime).toBe(model[0].time);
            const slot = queue.pop();
            expect(queue.commandOf(slot)!.type).toBe(String(model.shift()!.order));
            queue.release(slot);
          } else if (command.do === 'cancel' && model.length > 0) {
            const [victim] = model.splice(command.which % model.length, 1);
            expect(queue.cancel(victim.id)).toBe(true);
          } else if (command.do === 'save') {
            saved = queue.save();
            savedModel = model.slice();
          } else if (command.do === 'load') {
            queue = new EventQueue();
            queue.load(saved);
            model = savedModel.slice();
          }
          expect(queue.size).toBe(model.length);
        }
        expect(drain(queue)).toEqual(model.map((entry) => String(entry.order)));
      }),
    );
  });
});
