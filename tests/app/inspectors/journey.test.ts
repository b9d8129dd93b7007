import { describe, expect, test } from 'vitest';
import { decidingKinds, journeyOf } from '../../../src/app/inspectors/journey';
import { sayVisit } from '../../../src/app/inspectors/train-graph';
import { inspectors } from '../../../src/app/words/inspectors.en';
import type { Fact } from '../../../src/kernel/fact';
import { RabbitWorld } from '../../helpers/rabbit-world';

/** What is known of message `label` of a RabbitMQ queue; the picture has no log. */
function journey(it: RabbitWorld, label: string) {
  const facts = [...it.trace.facts()];
  const isIt = ({ message }: Fact) => message >= 0 && it.kernel.bodies.get(message).label === label;
  const own = facts.filter(isIt);
  const others = facts.filter(({ kind, id }) => decidingKinds.includes(kind) && id > own[0].id);
  return journeyOf(own[0].message, own, others, []);
}

const words = { ...inspectors, ...inspectors.inQueue };
const said = (it: RabbitWorld, label: string) =>
  journey(it, label).visits.map((visit) => sayVisit(visit, words, () => 'then').whole);

describe('the journey of a message in a queue', () => {
  test('ends with its own acknowledgement, and not with another one’s', () => {
    const it = new RabbitWorld({ readers: { mail: { handler: { latencyMs: 50 } } } });
    it.send('a', 'b').run(70);
    expect(said(it, 'a')).toEqual(['applied and settled then']);
    expect(said(it, 'b')).toEqual(['received then']);
    expect(journey(it, 'a')).toMatchObject({ lane: 'rabbit/queue/orders', isQueued: true, offset: null });
    expect(journey(it, 'a').deleted?.type).toBe('MessageAcknowledged');
    expect(journey(it, 'b').deleted).toBeNull();
  });

  test('a consumer that breaks before it has acknowledged is given it again', () => {
    const it = new RabbitWorld({ readers: { mail: {} } }).act((world) => world.pin('mail', 'ack', 1));
    it.send('a').run(100);
    expect(said(it, 'a')).toEqual(['applied, crashed']);
    expect(journey(it, 'a').expected).toEqual([{ group: 'mail', at: null }]);
    expect(journey(it, 'a').deleted).toBeNull();
    it.act((world) => world.restart('mail')).run(1000);
    expect(said(it, 'a')).toEqual(['applied, crashed', '2nd: applied and settled then']);
    expect(journey(it, 'a').expected).toEqual([]);
  });

  test('what is given back is still there; what is rejected for good is gone', () => {
    const failing = (onFailure: string) => ({
      readers: { mail: { driver: { onFailure }, handler: { failing: 'a' } } },
    });
    expect(journey(new RabbitWorld(failing('reject')).send('a').run(100), 'a').deleted?.type).toBe(
      'MessageRejected',
    );
    expect(journey(new RabbitWorld(failing('requeue')).send('a').run(100), 'a').deleted).toBeNull();
  });
});
