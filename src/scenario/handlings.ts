/** What each service has made of the messages it was given, over all of history, kept up as history grows. */
import type { Fact, FactId, FactKind } from '../kernel/fact';
import type { Address } from '../kernel/shape';
import type { Trace } from '../kernel/trace';
import type { Handling } from './host';

const kinds: ReadonlySet<FactKind> = new Set<FactKind>([
  'applied', 'skipped', 'outdated', 'parked', 'rejected', 'refused', 'failed',
]); // prettier-ignore
/** A write that will be tried again is not the end of it. */
const passing: ReadonlySet<string> = new Set(['WriteFailed']);

type Done = Omit<Handling, 'face'> & { readonly message: number; readonly cause: FactId };

export class Handlings {
  private done = 0;
  private readonly byProcess = new Map<Address, Done[]>();
  private readonly times = new Map<string, number>();

  upTo(trace: Trace): void {
    for (; this.done < trace.length; this.done++) {
      if (kinds.has(trace.kindOf(this.done)) && trace.messageOf(this.done) >= 0) {
        this.add(trace.fact(this.done), trace);
      }
    }
  }

  /** The last `limit` of a process among the first `count` facts, the latest last. */
  last(process: Address, count: FactId, limit: number): readonly Done[] {
    const all = this.byProcess.get(process) ?? [];
    let end = all.length;
    while (end > 0 && all[end - 1].fact >= count) end--;
    return all.slice(Math.max(0, end - limit), end);
  }

  private add(fact: Fact, trace: Trace): void {
    const { id, time, kind, type, message, group, cause } = fact;
    if (passing.has(type)) return;
    const given = cause < 0 ? null : trace.fact(cause);
    const delivery = given?.kind === 'delivered' || given?.kind === 'redelivered' ? given : null;
    const process = delivery?.process ?? fact.process;
    let list = this.byProcess.get(process);
    if (!list) this.byProcess.set(process, (list = []));
    // One transaction may write several rows: it is one handling all the same.
    const last = list.at(-1);
    if (last && last.cause === cause && last.time === time && last.message === message) return;
    const name = `${group} ${message}`;
    const nth = (this.times.get(name) ?? 0) + (kind === 'applied' ? 1 : 0);
    this.times.set(name, nth);
    const lane = delivery?.subject ?? null;
    const offset = fact.position < 0 ? null : fact.position;
    list.push({ fact: id, time, kind, message, lane, offset, nth, cause });
  }
}
