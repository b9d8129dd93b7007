/** What always holds of a broker between two events. */
import { invariant } from '../../kernel/invariant';
import type { QueueState } from './queue-type';
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
    // replicas and streams hear of it later, or never
    const knowsAtOnce =
      queue.definition.kind === 'classic' || (queue.definition.kind === 'quorum' && !state.cluster);
    if (knowsAtOnce) checkUnacked(state, queue);
  }
}

/** Channels and their queue agree about what is given out. */
function checkUnacked(state: BrokerState, queue: QueueState): void {
  const { name, birth, address } = queue.definition;
  for (const connection of state.connections.values()) {
    for (const channel of connection.channels.values()) {
      const inTx = channel.tx?.settlements.flatMap(({ deliveries }) => deliveries.map(([, one]) => one)) ?? []; // prettier-ignore
      const mine = [...channel.unacked.values(), ...inTx].filter((one) => one.queue === name && one.birth === birth); // prettier-ignore
      const held = typeOfQueue(queue).holds(queue, channel.ref);
      invariant(held === mine.length, `${address} and channel ${channel.ref.key} agree about deliveries`);
    }
  }
}
