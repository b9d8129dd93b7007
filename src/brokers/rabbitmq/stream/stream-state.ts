/** A stream on a node: its log, and the consumers of this node's channels, each with its place in it. */
import type { ChannelRef, QueueDefinition, QueueState } from '../queue-type';
import { cloneStreamLog, newStreamLog, type StreamLog } from './stream-log';

export interface StreamReader {
  readonly channel: ChannelRef;
  readonly tag: string;
  /** Offset that is read next. */
  next: number;
  /** What lies before it in its first chunk is passed over. */
  readonly from: number;
  /** May go below 0 in 3.10, where chunks are not divided. */
  credit: number;
}

export interface StreamState extends QueueState {
  readonly log: StreamLog;
  /** By channel and tag. */
  readonly readers: Map<string, StreamReader>;
}

export function newStream(definition: QueueDefinition): StreamState {
  return { definition, log: newStreamLog(definition), readers: new Map() };
}

export function cloneStream(stream: StreamState): StreamState {
  return {
    ...stream,
    log: cloneStreamLog(stream.log),
    readers: new Map([...stream.readers].map(([key, reader]) => [key, { ...reader }])),
  };
}

export function readerKey({ key }: ChannelRef, tag: string): string {
  return `${key}/${tag}`;
}
