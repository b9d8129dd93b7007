/** `fault.dropResponse` in both of its forms. */
import type { Faults, KafkaApi } from '../define';

type Options = { readonly holdMs?: number };
type Drop = (client: string, api: KafkaApi, holdMs: number | undefined) => void;

export function dropping(drop: Drop): Faults['dropResponse'] {
  return async (first: string, second?: KafkaApi | Options, third: Options = {}): Promise<void> => {
    if (typeof second === 'string') drop(first, second, third.holdMs);
    else drop('client', first as KafkaApi, second?.holdMs);
  };
}
