import { toMs, type Time } from '../../kernel/time';
import type { TruthRow } from '../../scenario/host';
import type { InspectorWords } from '../words/inspectors.en';

/** How a store's row differs from the newest record about its key, in words. */
export function sayDifference({ truth, seen, state, since }: TruthRow, now: Time, words: InspectorWords): string {
  const lasting = since === null ? null : toMs(now - since);
  switch (state) {
    case 'same':
      return words.same;
    case 'missing':
      return words.missing(lasting);
    case 'ahead':
      return truth && seen ? words.aheadBy(seen.version - truth.face.version) : words.ahead;
    case 'behind':
      return words.behind((truth?.face.version ?? 0) - (seen?.version ?? 0), lasting);
  }
} // prettier-ignore
