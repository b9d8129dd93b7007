/** A record as a program of the library reads it, out of a body of the run. */
import type { Body } from '../../kernel/bodies';
import { toMs, type Time } from '../../kernel/time';
import type { JavaRecord } from './api';
import { epochMs } from './record-body';

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: Time;
  readonly isTombstone: boolean;
}

export function recordOf(
  { key, data }: Body,
  { topic, partition, offset, timestamp, isTombstone }: Place,
): JavaRecord {
  const { value, headers } = data;
  return {
    ...{ topic, partition, offset, key },
    value: isTombstone || typeof value !== 'string' ? null : value,
    headers: typeof headers === 'string' ? pairsOf(JSON.parse(headers)) : [],
    timestampMs: epochMs + Math.floor(toMs(timestamp)),
  };
}

/** Pairs, or as kafkajs has them: an object whose values may be lists. */
function pairsOf(headers: unknown): JavaRecord['headers'] {
  if (Array.isArray(headers)) return headers as [string, string][];
  return Object.entries(headers as Record<string, string | string[]>).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const),
  );
}
