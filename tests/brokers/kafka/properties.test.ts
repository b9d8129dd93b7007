import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { part } from '../../../src/brokers/kafka/broker';
import { hashOf } from '../../helpers/transition';
import { deeds, RandomClients } from './random-clients';

const runs = { numRuns: process.env['LONG'] ? 3000 : 150 };

describe('whatever clients, time and crashes do to a broker', { timeout: 300_000 }, () => {
  // LoneBroker, on which the clients act, also checks every state (checkBroker) and every clone (transition).
  test('offsets are dense and never reused, fetches bring exactly what was appended, no partition has two owners', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const clients = new RandomClients();
        clients.play(list);
        expect(clients.broken).toEqual([]);
      }),
      runs,
    );
  });

  test('the same deeds give the same history and the same state', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const [one, other] = [new RandomClients(), new RandomClients()];
        one.play(list);
        other.play(list);
        expect(other.broker.facts).toEqual(one.broker.facts);
        expect(hashOf(other.broker.state)).toBe(hashOf(one.broker.state));
      }),
      { numRuns: 20 },
    );
  });

  test('a clone goes its own way: nothing that happens afterwards reaches it', () => {
    fc.assert(
      fc.property(deeds, deeds, (past, future) => {
        const clients = new RandomClients();
        clients.play(past);
        const kept = part.machine.clone(clients.broker.state);
        const hash = hashOf(kept);
        clients.play(future);
        expect(hashOf(kept)).toBe(hash);
      }),
      { numRuns: 30 },
    );
  });
});
