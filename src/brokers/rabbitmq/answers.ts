/** A queue has answered what a channel asked: the client hears of it, and the channel goes on. */
import { say } from './channels';
import { fail } from './close';
import { consumeAnswered, getAnswered } from './consume';
import type { QueueAnswer, QueuePort } from './queue-type';
import type { BrokerState, Channel } from './state';
import { dropQueue } from './topology';

export function answered(state: BrokerState, channel: Channel, answer: QueueAnswer, port: QueuePort): void {
  const method = channel.awaiting;
  if (method === null) return;
  channel.awaiting = null;
  if (channel.waiting.length > 0) state.pending.push({ type: 'Continue', channel: channel.ref });
  if (answer.type === 'Refused') return fail(state, channel, answer.refusal, method.type, port);
  const { channel: number } = channel.ref;
  switch (method.type) {
    case 'QueueDeclare': {
      if (answer.type !== 'Counted') return;
      const { ready: messageCount, consumers: consumerCount } = answer;
      const ok = { type: 'QueueDeclareOk', channel: number, queue: method.queue } as const;
      return say(channel, { ...ok, messageCount, consumerCount }, port.context);
    }
    case 'BasicConsume':
      return consumeAnswered(channel, method, answer, port);
    case 'BasicCancel':
      return say(channel, { type: 'BasicCancelOk', channel: number, consumerTag: method.consumerTag }, port.context); // prettier-ignore
    case 'BasicGet':
      return getAnswered(state, channel, method, answer, port);
    case 'QueuePurge':
      if (answer.type !== 'Purged') return;
      return say(channel, { type: 'QueuePurgeOk', channel: number, messageCount: answer.count }, port.context); // prettier-ignore
    case 'QueueDelete': {
      if (answer.type !== 'Deleted') return;
      const definition = state.queues.get(method.queue);
      if (definition) dropQueue(state, definition, port);
      return say(channel, { type: 'QueueDeleteOk', channel: number, messageCount: answer.count }, port.context); // prettier-ignore
    }
    default:
      return;
  }
}
