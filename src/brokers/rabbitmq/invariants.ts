/** What always holds of a broker between two events. */
import { invariant } from '../../kernel/invariant';
import { typeOfQueue } from './queue-types';
import type { BrokerState } from './state';

export function checkBroker(state: BrokerState): void {
  invariant(state.pending.length === 0, 'nothing is left to be done between two events');
  for (const queue of state.held.values()) {
    typeOfQueue(queue).check(queue);
    const { name, birth } = queue.definition;
    invariant(
      state.queues.get(name)?.birth === birth,
      `what is held of ${name} is of the queue that is there`,
    );
  }
}
