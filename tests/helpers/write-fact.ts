import type { FactId, FactSink, NewFact } from '../../src/kernel/fact';

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
