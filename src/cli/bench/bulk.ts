import type { Publish } from '../../kernel/delivery';
import type { Machine, Tagged } from '../../kernel/machine';

const perSend = 100;

interface BulkOptions {
  readonly limit: number;
  readonly place: string;
}

interface BulkState extends BulkOptions {
  sent: number;
  ticket: number;
}

/**
 * A program that publishes `limit` messages through the driver beside it: the next batch as soon as the one before is
 * acknowledged, as `await producer.send(…)` in a loop does.
 */
export const bulk: Machine<BulkState, Tagged, BulkOptions> = {
  kind: 'bench.bulk',
  init: (options) => ({ ...options, sent: 0, ticket: 0 }),
  apply(state, command, context) {
    if ((command.type !== 'Start' && command.type !== 'Published') || state.sent >= state.limit) return;
    const messages: number[] = [];
    for (let i = 0; i < perSend; i++) {
      const number = state.sent++;
      const key = `k${number % 97}`;
      const data = { number };
      messages.push(
        context.compose({
          domain: 'order',
          type: 'OrderPlaced',
          label: 'OC',
          key,
          version: number,
          correlation: '',
          data,
        }),
      );
    }
    const publish: Publish = {
      type: 'Publish',
      ticket: ++state.ticket,
      replyTo: 'bulk',
      place: state.place,
      messages,
    };
    context.tell('driver', publish);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};
