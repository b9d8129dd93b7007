import type { View, Series } from '../../scenario/host';
import { datum, type Size } from '../layout/size';
import { drawMany } from './many';
import { ledgerOf, type Ledger } from './model';
import { drawOne } from './one';
import type { Draw } from './parts';
import { measuresOf, Pen, type LedgerScene, type Measures } from './scene';
import type { LedgerWords } from './words.en';

/** Where everything of one instant stands: one account in full, or several in bands. Pure. */
export function ledgerScene(
  view: View,
  size: Size,
  words: LedgerWords,
  series: readonly Series[] = [],
): LedgerScene {
  const ledger = ledgerOf(view, series);
  const accounts = ledger.accounts.length > 0 ? ledger.accounts : [nobody];
  const m = stretched(measuresOf(size.mode, size.width, datum(size.mode)), accounts.length, size.height);
  const draw: Draw = { pen: new Pen(), m, ledger, words };
  const height = accounts.length === 1 ? drawOne(draw, accounts[0], size) : drawMany(draw, accounts, size);
  return draw.pen.scene(size.width, Math.ceil(height));
}

/** Where there is height to spare the drawing takes some of it, the table never. */
function stretched(m: Measures, accounts: number, height: number): Measures {
  if (accounts > 1 || m.mode === 'phone') return m;
  const needed = m.head + 20 + m.chart + m.gap + m.strip + m.rail + 4 * m.line + m.lineBig + 8;
  const spare = Math.max(0, height - needed);
  return {
    ...m,
    chart: m.chart + Math.floor(Math.min(48, spare * 0.5)),
    strip: m.strip + Math.floor(Math.min(20, spare * 0.25)),
  };
}

/** An empty book: the picture before the first slip. */
const nobody: Ledger['accounts'][number] = {
  key: '',
  row: null,
  lane: null,
  lines: [],
  lineCount: 0,
  balance: 0,
  later: [],
  mails: null,
  questions: [],
  finding: null,
  slips: [],
  stand: 0,
};
