/** What a classic queue's arguments say, read once. */
import { ms, type Duration } from '../../../kernel/time';
import { bare } from '../field-values';
import type { FieldTable } from '../protocol';

export interface Limits {
  /** null: none. */
  readonly messageTtl: Duration | null;
  readonly expires: Duration | null;
  /** Infinity: none. */
  readonly length: number;
  readonly lengthBytes: number;
  readonly overflow: 'drop-head' | 'reject-publish' | 'reject-publish-dlx';
  /** 0: messages have no priorities. */
  readonly priorityMax: number;
  readonly singleActive: boolean;
}

export function limitsOf(table: FieldTable): Limits {
  const number = (name: string): number | null => {
    const value = bare(table[name]);
    return typeof value === 'number' ? value : null;
  };
  const duration = (name: string): Duration | null => {
    const milliseconds = number(name);
    return milliseconds === null ? null : ms(milliseconds);
  };
  const overflow = table['x-overflow'];
  return {
    messageTtl: duration('x-message-ttl'),
    expires: duration('x-expires'),
    length: number('x-max-length') ?? Infinity,
    lengthBytes: number('x-max-length-bytes') ?? Infinity,
    overflow: overflow === 'reject-publish' || overflow === 'reject-publish-dlx' ? overflow : 'drop-head',
    priorityMax: number('x-max-priority') ?? 0,
    singleActive: table['x-single-active-consumer'] === true,
  };
}
