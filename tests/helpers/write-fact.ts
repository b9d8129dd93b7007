import type { FactId, FactSink, NewFact } from '../../src/kernel/fact';
import type { Context } from '../../src/kernel/machine';

/** Shows a sink a fact as machines say it, as the kernel does. */
export function writeFact(
  sink: FactSink,
  id: FactId,
  time: number,
  process: string,
  cause: FactId,
  { is, subject, message = -1, position = -1, group = '', amount = 0, detail = '' }: NewFact,
): void {
  sink.write(id, time, process, cause, is, subject, message, position, group, amount, detail);
}

/** What `note` was told, as a fact that leaves out what is absent. */
export function notedFact(
  ...[is, subject, message, position = -1, group = '', cause, amount = 0]: Parameters<Context['note']>
): NewFact {
  return {
    ...{ is, subject, message },
    ...(position === -1 ? {} : { position }),
    ...(group === '' ? {} : { group }),
    ...(cause === undefined ? {} : { cause }),
    ...(amount === 0 ? {} : { amount }),
  };
}
