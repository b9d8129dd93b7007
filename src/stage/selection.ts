import type { MessageId } from '../kernel/bodies';
import type { Address } from '../kernel/shape';

/** What a person points at. An address may carry a part: "kafka/shop-events/0" with the flag of group "search". */
export type Selection =
  | { readonly kind: 'message'; readonly message: MessageId }
  | { readonly kind: 'address'; readonly address: Address };

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'message') return b.kind === 'message' && a.message === b.message;
  return b.kind === 'address' && a.address === b.address;
}
