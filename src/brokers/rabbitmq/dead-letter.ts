/** A dead message is published once more, by the broker, to the queue's dead-letter exchange (rabbit_dead_letter.erl). */
import { deathsOf, isCycle, withDeath, type DeathReason } from './deaths';
import { bare } from './field-values';
import { MessageDeadLettered, MessageLost } from './facts';
import type { Publication, QueueDefinition, QueuePort } from './queue-type';
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
): void {
  const name = bare(queue.arguments['x-dead-letter-exchange']);
  const exchange = typeof name === 'string' ? state.exchanges.get(name) : undefined;
  if (exchange === undefined) return;
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
  for (const target of queues) enqueueAt(state, target, letter, null, -1, port);
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
