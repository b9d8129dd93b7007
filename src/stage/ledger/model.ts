/** An instant as accounts: of each its row, its log, what was asked and found. Plain readings of shapes. */
import type { Cell, Finding, Lane, Process, Question, Row, Store } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import type { Series, View } from '../../scenario/host';
import { hostOf, shapesOf } from '../names';

/** A line of a log that is recorded later than the instant on stage. */
export interface LaterLine {
  readonly line: number;
  readonly time: Time;
  readonly amount: number;
  readonly balance: number;
}

export interface Account {
  readonly key: string;
  /** null: nobody has written to it. */
  readonly row: Row | null;
  readonly lane: Lane | null;
  readonly lines: readonly Cell[];
  readonly lineCount: number;
  readonly balance: number;
  readonly later: readonly LaterLine[];
  readonly mails: Row | null;
  readonly questions: readonly Question[];
  readonly finding: Finding | null;
  readonly slips: readonly Cell['face'][];
  /** The line one stands after: the one asked about last, else the last there is. */
  readonly stand: number;
}

export interface Ledger {
  readonly now: Time;
  readonly accounts: readonly Account[];
  /** Addresses of the keepers and the desk, for selection. */
  readonly rowAddress: string;
  readonly logAddress: string;
  readonly mailAddress: string;
  readonly deskAddress: string;
  readonly rowCondition: Process['condition'];
  readonly logCondition: Process['condition'];
}

/** Series of a log's balance are called so. */
export const balanceOf = (lane: string): string => `balance ${lane}`;

export function ledgerOf(view: View, series: readonly Series[] = []): Ledger {
  const processes = shapesOf(view.shapes, 'process');
  const lanes = shapesOf(view.shapes, 'lane').filter(({ keeps }) => keeps === 'account');
  const stores = shapesOf(view.shapes, 'store');
  const isMail = ({ address }: Store) => address.endsWith('/mail');
  const rows = stores.find((store) => !isMail(store) && store.rows.some(({ fields }) => 'balance' in fields));
  const mail = stores.find(isMail);
  const clerk = processes.find(({ desk }) => desk !== undefined);
  const known = lanes.map(({ place }) => place);
  const written = clerk?.desk?.slips.map(({ account }) => account) ?? [];
  const keys = [...new Set([...known, ...(rows?.rows ?? []).map(({ key }) => key), ...written])];
  const logAddress = lanes[0] ? hostOf(lanes[0].address) : 'account-log';
  const rowAddress = rows?.address ?? 'account-row';
  const conditionOf = (name: string) => processes.find(({ address }) => address === name)?.condition ?? 'up';
  return {
    now: view.time,
    accounts: keys.sort(byNumber).map((key) =>
      accountOf(
        key,
        lanes.find(({ place }) => place === key) ?? null,
        rows?.rows.find((row) => row.key === key) ?? null,
        mail?.rows.find((row) => row.key === key) ?? null,
        clerk,
        laterLines(series.find(({ name }) => name === balanceOf(`${logAddress}/${key}`)), view.time),
      ),
    ),
    rowAddress,
    logAddress,
    mailAddress: mail?.address ?? `${logAddress}/mail`,
    deskAddress: clerk?.address ?? 'auditor',
    rowCondition: conditionOf(rowAddress),
    logCondition: conditionOf(logAddress),
  };
} // prettier-ignore

function accountOf(
  key: string,
  lane: Lane | null,
  row: Row | null,
  mails: Row | null,
  clerk: Process | undefined,
  later: readonly LaterLine[],
): Account {
  const desk = clerk?.desk;
  const questions = desk?.questions.filter(({ account }) => account === key) ?? [];
  const lineCount = lane ? lane.logEnd - lane.logStart : 0;
  const asked = questions.findLast(({ kind }) => kind === 'after');
  return {
    key,
    row,
    lane,
    lines: lane?.cells ?? [],
    lineCount,
    balance: lane?.cells.at(-1)?.entry?.balance ?? 0,
    later,
    mails,
    questions,
    finding: desk?.findings.find(({ account }) => account === key) ?? null,
    slips: desk?.slips.find(({ account }) => account === key)?.faces ?? [],
    stand: Math.min(asked?.number ?? lineCount, lineCount),
  };
}

/** Lines that the run has recorded after now. */
function laterLines(series: Series | undefined, now: Time): LaterLine[] {
  if (!series) return [];
  const { times, values } = series;
  return times.flatMap((time, index) => {
    const balance = values[index];
    const before = index === 0 ? 0 : values[index - 1];
    return time > now ? [{ line: index + 1, time, amount: balance - before, balance }] : [];
  });
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : 1);
}
