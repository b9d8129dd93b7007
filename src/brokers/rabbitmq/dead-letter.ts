/** A dead message is published once more, by the broker, to the queue's dead-letter exchange (rabbit_dead_letter.erl). */
import { deathsOf, isCycle, withDeath, type DeathReason } from './deaths';
import { bare } from './field-values';
import { MessageDeadLettered, MessageLost } from './facts';
import type { Publication, QueueDefinition, QueuePort } from './queue-type';
import { workerOf } from './dead-letter-worker';
import { typeOfQueue } from './queue-types';
import { enqueueAt } from './queues';
import { route } from './route';
import type { BrokerState, Exchange } from './state';

/** Nothing comes of it when the exchange is not there; and nobody is told whether a queue has taken it. */
export function deadLetter(
  state: BrokerState,
  queue: QueueDefinition,
  publication: Publication,
  reason: DeathReason,
  port: QueuePort,
  number?: number,
): void {
  const name = bare(queue.arguments['x-dead-letter-exchange']);
  const exchange = typeof name === 'string' ? state.exchanges.get(name) : undefined;
  if (exchange === undefined) return number === undefined ? undefined : sent(state, queue, number, [], port);
  const { message, cause } = publication;
  const { letter, queues, cycles } = addressed(state, queue, publication, reason, exchange, port.context.now);
  const { context } = port;
  context.emit({ is: MessageDeadLettered, subject: queue.address, message, cause, amount: queues.length, detail: reason }); // prettier-ignore
  for (const cycle of cycles) {
    context.emit({
      is: MessageLost,
      subject: state.queues.get(cycle)!.address,
      message,
      cause,
      detail: 'cycle',
    });
  }
  if (number !== undefined) sent(state, queue, number, queues, port);
  const from = number === undefined ? null : workerOf(queue, port.node);
  for (const target of queues) enqueueAt(state, target, letter, from, number ?? -1, port);
}

function sent(
  state: BrokerState,
  { name }: QueueDefinition,
  letter: number,
  to: readonly string[],
  port: QueuePort,
): void {
  // prettier-ignore
  const queue = state.held.get(name);
  if (queue) typeOfQueue(queue).letterSent?.(queue, letter, to, port);
}

/** What is published, where it goes, and where it may not go again. */
export function addressed(
  state: BrokerState,
  queue: QueueDefinition,
  publication: Publication,
  reason: DeathReason,
  exchange: Exchange,
  now: number,
): { readonly letter: Publication; readonly queues: readonly string[]; readonly cycles: readonly string[] } {
  const dead = withDeath(publication, queue.name, reason, now, state.version);
  const letter = readdressed(state, queue, { ...dead, exchange: exchange.name });
  const routed = route(state, exchange, letter, now);
  if (reason === 'rejected') return { letter, queues: routed, cycles: [] };
  const deaths = deathsOf(letter, state.version);
  return {
    letter,
    queues: routed.filter((name) => !isCycle(name, deaths)),
    cycles: routed.filter((name) => isCycle(name, deaths)),
  };
}

/** With the queue's own key for dead letters its old keys are forgotten; 3.10 takes the CC header away, too. */
function readdressed(state: BrokerState, queue: QueueDefinition, letter: Publication): Publication {
  const key = queue.arguments['x-dead-letter-routing-key'];
  if (typeof key !== 'string') return letter;
  const { furtherKeys: _, hiddenKeys: __, properties, ...rest } = letter;
  if (state.version !== '3.10' || properties.headers?.CC === undefined) {
    return { ...rest, properties, routingKey: key };
  }
  const { CC: ___, ...headers } = properties.headers;
  return { ...rest, properties: { ...properties, headers }, routingKey: key };
}
