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

  test('what waits behind another comes after it, whatever else happens to both', () => {
    const commands = fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), on: fc.nat(2), delay: fc.nat(9) }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('push' as const), time: fc.nat(20) }) },
        { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('pop' as const, 'save' as const, 'load' as const) }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(200) }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), on: fc.nat(3) }) },
      ),
      { maxLength: 200 },
    ); // prettier-ignore
    type Model = { time: number; order: number; id: number; on: number }[];
    fc.assert(
      fc.property(commands, (list) => {
        const queue = new EventQueue();
        let model: Model = [];
        // as a connection has it: the last of each, and when that comes
        let tails = [-1, -1, -1].map((slot) => ({ slot, time: 0 }));
        let saved = { queue: queue.save(), model: model.slice(), tails: structuredClone(tails) };
        let order = 0;
        for (const command of list) {
          if (command.do === 'send') {
            const tail = tails[command.on];
            const time = Math.max(tail.time, (model[0]?.time ?? 0) + command.delay);
            const { message } = eventKinds;
            const event = { type: String(order) };
            const id = queue.push(time, message, 0, command.on, 0, -1, event, tail.slot);
            tails[command.on] = { slot: queue.lastSlot, time };
            model.push({ time, order: order++, id, on: command.on });
          } else if (command.do === 'push') {
            const id = push(queue, command.time, String(order));
            model.push({ time: command.time, order: order++, id, on: 3 });
          } else if (command.do === 'pop' && model.length > 0) {
            expect(queue.nextTime).toBe(model[0].time);
            const slot = queue.pop();
            expect(queue.commandOf(slot)!.type).toBe(String(model.shift()!.order));
            queue.release(slot);
          } else if (command.do === 'cancel' && model.length > 0) {
            const [victim] = model.splice(command.which % model.length, 1);
            expect([queue.cancel(victim.id), queue.cancel(victim.id)]).toEqual([true, false]);
          } else if (command.do === 'remove') {
            const timers = command.on === 3;
            queue.removeWhere((kind, _target, on) =>
              kind === eventKinds.timer ? timers : on === command.on,
            );
            model = model.filter(({ on }) => on !== command.on);
          } else if (command.do === 'save') {
            saved = { queue: queue.save(), model: model.slice(), tails: structuredClone(tails) };
          } else if (command.do === 'load') {
            queue.load(saved.queue);
            model = saved.model.slice();
            tails = structuredClone(saved.tails);
          }
          model.sort((a, b) => a.time - b.time || a.order - b.order);
          const seen: [number, string][] = [];
          queue.forEach((_k, _t, _c, _s, time, event) => seen.push([time, event!.type]));
          expect(queue.size).toBe(model.length);
          expect(seen.sort(([, a], [, b]) => Number(a) - Number(b))).toEqual(
            [...model]
              .sort((a, b) => a.order - b.order)
              .map(({ time, order: number }) => [time, String(number)]),
          );
        }
        expect(drain(queue)).toEqual(model.map((entry) => String(entry.order)));
      }),
      { numRuns: 1000 },
    );
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
