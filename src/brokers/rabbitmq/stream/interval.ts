/** Lengths of time as RabbitMQ writes them, "7D" or "30s" (rabbit_amqqueue.erl, check_max_age/1). */
import { seconds, type Duration } from '../../../kernel/time';

const secondsPer = new Map([
  ['Y', 365 * 86_400],
  ['M', 30 * 86_400],
  ['D', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
]);

/** null: it is none. */
export function intervalOf(text: string): Duration | null {
  const [, count, unit] = /^(\d+)([YMDhms])$/.exec(text) ?? [];
  return count === undefined ? null : seconds(Number(count) * secondsPer.get(unit)!);
}
