/** Messages in what nodes say to each other: on their way to a queue's copies, to the node it is on, and to the consumer's. */
import type { MessageId } from '../../../kernel/bodies';
import type { Tagged } from '../../../kernel/machine';
import type { Cargo } from '../../../kernel/part';
import type { Publication } from '../queue-type';
import type { FifoCommand } from '../quorum/commands';
import type { BetweenQuorumNodes, QuorumEvent } from '../quorum/messages';
import type { BetweenStreamNodes } from '../stream/replicated-stream';
import type { StreamWrite } from '../stream/stream-state';
import type { BetweenReplicas, NodeMessage, ToChannel } from './messages';
import type { RaftMessage } from './raft-state';

type Said = NodeMessage | BetweenQuorumNodes | BetweenStreamNodes | RaftMessage<FifoCommand | StreamWrite>;

const none: readonly Cargo[] = [];

export function cargoBetweenNodes(command: Tagged): readonly Cargo[] {
  const said = command as Said;
  switch (said.type) {
    case 'QueueAsked':
      return said.what.type === 'Enqueue' ? cargoOf(said.queue, [said.what.publication]) : none;
    case 'ChannelTold':
      return toldCargo(said.what);
    case 'QuorumCommand':
      return cargoOf(queueOf(said), publicationsIn(said.command));
    case 'StreamWrite':
      return cargoOf(queueOf(said), [said.write.publication]);
    case 'QuorumEvents':
      return cargoOf(queueOf(said), said.events.flatMap(givenBy));
    case 'AppendEntries':
      return cargoOf(
        queueOf(said),
        said.entries.flatMap((entry) => publicationsIn(entry.command)),
      );
    default:
      return none;
  }
}

function queueOf(said: Tagged): string {
  return (said as BetweenReplicas).queue;
}

function cargoOf(queue: string, publications: readonly Publication[]): readonly Cargo[] {
  if (publications.length === 0) return none;
  const messages: MessageId[] = publications.map(({ message }) => message);
  return [{ lane: `queue/${queue}`, messages }];
}

function publicationsIn(command: FifoCommand | StreamWrite | null): Publication[] {
  return command !== null && 'publication' in command ? [command.publication] : [];
}

function givenBy(event: QuorumEvent): Publication[] {
  if (event.type === 'Delivered') return [event.message.publication];
  return event.type === 'Applied' && event.reply?.type === 'Dequeued' ? [event.reply.message.publication] : []; // prettier-ignore
}

function toldCargo(what: ToChannel['what']): readonly Cargo[] {
  return what.type === 'Deliver' ? cargoOf(what.queue.name, [what.delivery.publication]) : none;
}
