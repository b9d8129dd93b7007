/** An instant as tables about accounts: what the picture draws, in rows. */
import type { Address, Face } from '../../kernel/shape';
import type { View } from '../../scenario/host';
import { ledgerOf, type Account, type Ledger } from './model';
import { logSays, questionLines, rowSays } from './questions';
import type { LedgerWords } from './words.en';

export interface AccountRow {
  readonly address: Address;
  readonly name: string;
  readonly rowSays: string;
  readonly changed: string;
  readonly logSays: string;
  readonly slips: readonly { readonly face: Face; readonly where: string }[];
  readonly mails: string;
  readonly finding: string;
  readonly isTrouble: boolean;
}

export interface AccountLogTable {
  readonly name: string;
  readonly rows: readonly {
    readonly line: number;
    readonly face: Face;
    readonly date: string;
    readonly balance: string;
    readonly state: string;
  }[];
  readonly older: number;
}

export interface AccountTables {
  readonly accounts: readonly AccountRow[];
  readonly logs: readonly AccountLogTable[];
  readonly questions: readonly {
    readonly key: string;
    readonly name: string;
    readonly rows: readonly { readonly id: string; readonly question: string; readonly row: string; readonly log: string }[];
  }[];
} // prettier-ignore

export function accountTables(view: View, words: LedgerWords): AccountTables {
  const ledger = ledgerOf(view);
  const { accounts } = ledger;
  return {
    accounts: accounts.map((account) => accountRow(account, ledger, words)),
    logs: accounts.filter(({ lane }) => lane !== null).map((account) => logTable(account, words)),
    questions: accounts
      .filter((account) => accounts.length === 1 || account.questions.length > 0)
      .map((account) => ({
        key: account.key,
        name: words.account(account.key),
        rows: questionLines(account, words).map((line) => ({
          id: line.id,
          question: line.title,
          row: rowSays(line, words),
          log: logSays(line, words),
        })),
      })),
  };
}

function accountRow(account: Account, ledger: Ledger, words: LedgerWords): AccountRow {
  const { key, row, balance, lineCount, slips, mails, finding } = account;
  const cause = finding ? (words.cause[finding.names] ?? finding.names) : '';
  return {
    address: `${ledger.logAddress}/${key}`,
    name: words.account(key),
    rowSays: row ? words.money(Number(row.fields['balance'])) : words.noRow,
    changed: row ? words.date(row.changedAt) : '',
    logSays: `${words.lines(lineCount)}: ${words.money(balance)}`,
    slips: slips.map((face) => ({ face, where: '' })),
    mails: mails ? words.mails(Number(mails.fields['sent']), Number(mails.fields['held'])) : '',
    finding: !finding ? '' : finding.isFact ? words.found(cause) : words.notSo(cause),
    isTrouble: finding?.isFact === false,
  };
}

function logTable({ key, lines, lineCount }: Account, words: LedgerWords): AccountLogTable {
  return {
    name: words.saysLog(key, lineCount),
    rows: lines.map(({ offset, face, timestamp, entry }) => ({
      line: offset,
      face,
      date: words.date(timestamp),
      balance: words.money(entry?.balance ?? 0),
      state: entry?.isRefused === true ? words.refused : '',
    })),
    older: lineCount - lines.length,
  };
}
