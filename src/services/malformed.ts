/** Poison: a message that no handler can digest, whatever it does and however often it tries. */
import type { Body } from '../kernel/bodies';

export function isMalformed({ data }: Body): boolean {
  return data['malformed'] === true;
}

export function malformed(body: Body): Body {
  return { ...body, data: { ...body.data, malformed: true } };
}
