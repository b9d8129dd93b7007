/** Accounts over time: lines, what the row held, balances, questions. Pure functions of history, kept up as it grows. */
import type { Fact } from '../kernel/fact';
import type { Trace } from '../kernel/trace';
import type { Series } from './host';

type Kind = NonNullable<Series['kind']>;

interface Line {
  readonly name: string;
  readonly kind: Kind;
  readonly times: number[];
  readonly values: number[];
}

/** Which measures a fact of a type belongs to; its amount is the value. */
const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  LineAppended: ['lines', 'balance'],
  WithdrawalRefused: ['lines', 'balance'],
  BalanceInserted: ['row'],
  BalanceOverwritten: ['row'],
  QuestionPut: ['asked'],
};

export class AccountMeasures {
  private done = 0;
  private readonly lines = new Map<string, Line>();

  /** By account, and for each its lines, row, balance and questions in this order. */
  upTo(trace: Trace): Series[] {
    for (; this.done < trace.length; this.done++) {
      const kind = trace.kindOf(this.done);
      if (kind === 'accepted' || kind === 'refused' || kind === 'applied' || kind === 'requested')
        this.add(trace.fact(this.done));
    }
    const order: readonly Kind[] = ['lines', 'row', 'balance', 'asked'];
    return [...this.lines.values()]
      .sort((a, b) => compare(keyOf(a), keyOf(b)) || order.indexOf(a.kind) - order.indexOf(b.kind))
      .map(({ times, values, ...line }) => ({ ...line, times: times.slice(), values: values.slice() }));
  }

  private add({ type, subject, time, amount }: Fact): void {
    for (const kind of kindsOf[type] ?? []) {
      const name = `${kind} ${subject}`;
      let line = this.lines.get(name);
      if (!line) this.lines.set(name, (line = { name, kind, times: [], values: [] }));
      line.times.push(time);
      line.values.push(amount);
    }
  }
}

/** The number of the account: the last part of an address. */
function keyOf({ name }: Line): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function compare(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
}
