import { expect, test } from 'vitest';
import { hiddenInstant, pushedInstant, routedInstant } from '../../../src/stage/fixtures-queues';
import { tablesOf } from '../../../src/stage/table/tables';

test('a queue is a row: what it holds, who takes it, where its dead letters go', () => {
  const { queues, consumers, producers } = tablesOf(pushedInstant());
  const work = queues.find(({ name }) => name === 'work');
  expect(work).toMatchObject({ counts: '11 ready, 3 unacked', takers: 'worker A', deadLetters: 'work.dlx' });
  expect(work?.holds[0]).toMatchObject({ where: 'at the head, priority 5' });
  expect(consumers.map(({ name }) => name)).toEqual(['worker A', 'worker B']);
  expect(consumers[0].unsettled.map(({ face }) => face.label)).toEqual(['OC13', 'SK14', 'PA25']);
  expect(producers.map(({ name }) => name)).toEqual(['shop API']);
});

test('an exchange is a row: where it leads, and what it could not route', () => {
  const [events] = tablesOf(routedInstant()).switches;
  expect(events).toMatchObject({ kind: 'topic exchange', last: 'PR33 went nowhere', unroutable: 2 });
  expect(events.leadsTo).toBe('email for order.#; warehouse for stock.#; audit for #');
});

test('messages of SQS say their state, their receives and their group', () => {
  const [jobs, , ledger] = tablesOf(hiddenInstant()).queues;
  expect(jobs.holds[0].where).toBe('in flight at worker B, visible again in 7.8 s, received 2 of 3 times');
  expect(jobs.deadLetters).toBe('jobs DLQ after 3 receives');
  expect(ledger.kind).toBe('FIFO queue, locked: mug, tee, and pen');
});
