/** What the tokens on the wire carry: a message published to an exchange, delivered from a queue, or returned. */
import type { BasicDeliver, BasicGetOk, BasicPublish, BasicReturn } from '../../brokers/rabbitmq/protocol';
import { exchangeAddress } from '../../brokers/rabbitmq/protocol';
import type { Tagged } from '../../kernel/machine';
import type { Cargo } from '../../kernel/part';

export function cargoOf(command: Tagged): readonly Cargo[] {
  switch (command.type) {
    case 'BasicPublish':
    case 'BasicReturn': {
      const { exchange, message } = command as BasicPublish | BasicReturn;
      return [{ lane: withoutBroker(exchangeAddress('', exchange)), messages: [message] }];
    }
    case 'BasicDeliver':
    case 'BasicGetOk': {
      const { source, message, deliveryTag } = command as BasicDeliver | BasicGetOk;
      return [{ lane: withoutBroker(source), messages: [message], positions: [deliveryTag] }];
    }
    default:
      return [];
  }
}

function withoutBroker(address: string): string {
  return address.slice(address.indexOf('/') + 1);
}
