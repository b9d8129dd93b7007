/** What a script calls of a driver, and what becomes of it: the library's methods, with their arguments as data. */
import type { Tagged } from '../../kernel/machine';
import type { Thrown } from './exceptions';

/** Script → driver. Answered by `Returned` or `Threw` with the same ticket to `replyTo`, now or later. */
export interface Call<What extends { readonly is: string } = { readonly is: string }> extends Tagged {
  readonly type: 'Call';
  readonly ticket: number;
  readonly replyTo: string;
  readonly call: What;
}

export interface Returned extends Tagged {
  readonly type: 'Returned';
  readonly ticket: number;
  /** Plain data, of the shape that the method of api.ts promises. */
  readonly value: unknown;
}

export interface Threw extends Tagged {
  readonly type: 'Threw';
  readonly ticket: number;
  readonly thrown: Thrown;
}

/** Who waits for an answer. */
export type Caller = Pick<Call, 'ticket' | 'replyTo'>;

export function returned({ ticket }: Caller, value: unknown = null): Returned {
  return { type: 'Returned', ticket, value };
}

export function threw({ ticket }: Caller, thrown: Thrown): Threw {
  return { type: 'Threw', ticket, thrown };
}
