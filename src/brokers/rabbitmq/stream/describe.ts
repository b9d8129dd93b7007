/** A stream as a picture, as one node has it: the records on screen, and where this node's consumers are. */
import type { Look } from '../../../kernel/part';
import type { StackCell, StackConsumer } from '../../../kernel/shape';
import { deathTold } from '../deaths';
import type { QueuePicture } from '../queue-type';
import type { StreamReader, StreamState } from './stream-state';

export function describeStream(stream: StreamState, look: Look): QueuePicture {
  return { cells: cellsOf(stream, look), consumers: [...stream.readers.values()].map(consumerOf) };
}

function cellsOf({ log: { records }, definition }: StreamState, look: Look): StackCell[] {
  const end = Math.min(look.laneEnd(definition.address) ?? records.end, records.end);
  const cells: StackCell[] = [];
  for (let offset = Math.max(records.start, end - look.cells); offset < end; offset++) {
    const { publication, at } = records.at(offset)!;
    cells.push({
      face: look.face(publication.message),
      routingKey: publication.routingKey,
      since: at,
      // retention takes whole segments, when there is a new one
      expiresAt: null,
      redelivered: false,
      deliveries: 0,
      priority: 0,
      persistent: true,
      ...deathTold(publication),
      offset,
    });
  }
  return cells;
}

function consumerOf({ tag, channel, next, from, credit, prefetch }: StreamReader): StackConsumer {
  return {
    tag,
    process: channel.process,
    isActive: true,
    isBlocked: credit <= 0,
    // what it has in hand does not leave the stream
    unacked: 0,
    prefetch,
    noAck: false,
    priority: 0,
    isExclusive: false,
    offset: Math.max(next, from),
  };
}
