/** A member's id as the library makes it: a UUID in 22 characters of base 64 (Uuid.java). */
import type { Context } from '../../kernel/machine';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function newMemberId(context: Context): string {
  const random = context.random('member id');
  return Array.from({ length: 22 }, () => letters[random.below(letters.length)]).join('');
}
