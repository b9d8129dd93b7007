import type { Tagged } from '../../../kernel/machine';
import type { Cargo } from '../../../kernel/part';
import { cargoOfAws } from '../protocol/cargo';
import type { ReceiveMessageResponse } from './protocol';

/** Messages on their way to a queue; those that come out of one say which. */
export function cargo(command: Tagged): readonly Cargo[] {
  if (command.type !== 'ReceiveMessageResponse') return cargoOfAws(command);
  const { Messages = [] } = command as ReceiveMessageResponse;
  if (Messages.length === 0) return [];
  return [
    {
      lane: Messages[0].observed.queue,
      messages: Messages.map(({ Body }) => Body.message),
      positions: Messages.map(({ observed }) => observed.position),
    },
  ];
}
