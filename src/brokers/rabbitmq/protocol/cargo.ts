import type { Tagged } from '../../../kernel/machine';
import type { Cargo } from '../../../kernel/part';
import type { BasicDeliver, BasicGetOk, BasicPublish, BasicReturn } from './basic';

const none: readonly Cargo[] = [];

/** Messages that methods carry, to or from an exchange or a queue: "exchange/events", "queue/email". */
export function cargo(command: Tagged): readonly Cargo[] {
  switch (command.type) {
    case 'BasicPublish': {
      const { exchange, routingKey, message } = command as BasicPublish;
      // what is published to the default exchange goes by the name of its queue
      const lane = exchange === '' ? `queue/${routingKey}` : `exchange/${exchange}`;
      return [{ lane, messages: [message] }];
    }
    case 'BasicReturn': {
      const { exchange, message } = command as BasicReturn;
      return [{ lane: exchange === '' ? null : `exchange/${exchange}`, messages: [message] }];
    }
    case 'BasicDeliver':
    case 'BasicGetOk': {
      const { source, message } = command as BasicDeliver | BasicGetOk;
      return [{ lane: source.slice(source.indexOf('/') + 1), messages: [message] }];
    }
    default:
      return none;
  }
}
