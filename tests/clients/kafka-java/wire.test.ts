import { expect, test } from 'vitest';
import { expire, newWire, send } from '../../../src/clients/kafka-java/wire';
import { transition } from '../../helpers/transition';
import type { Context, Machine, Tagged } from '../../../src/kernel/machine';
import { ms } from '../../../src/kernel/time';

/** Does something with a context, at a time. */
function at(nowMs: number, does: (context: Context) => void): void {
  const machine: Machine<object, Tagged, object> = {
    kind: 'test',
    init: () => ({}),
    apply: (_, __, context) => does(context),
    restart: () => undefined,
    clone: (state) => state,
  };
  transition(machine, {}, { type: 'Go' }, { now: ms(nowMs), self: 'reader' });
}

test('two requests that are given up with one connection are one failure of the node', () => {
  const wire = newWire();
  const sending = { host: 'kafka', channel: 'node', clientId: 'reader', timeout: ms(1000) } as const;
  const ask = { type: 'MetadataRequest', topics: [], allowAutoTopicCreation: false } as const;
  at(0, (context) => {
    send(wire, ask, sending, context);
    send(wire, ask, sending, context);
  });
  at(1000, (context) => expire(wire, context));
  expect(wire.unavailable.get('kafka')).toEqual({ until: ms(1050), attempts: 1 });
  expect(wire.lost).toHaveLength(2);
});
