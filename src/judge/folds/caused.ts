import { noCause, type FactId, type FactType } from '../../kernel/fact';
import type { MakeFold, See } from '../fold';
import { matcher } from '../match';
import { neverHappened, shown, unknown, type Evidence } from '../verdict';

/**
 * Follows causes forwards. A cause is always an earlier fact, so one look at each fact is enough: it descends from
 * a `from` fact when its cause is one or descends from one.
 */
export const causedFold: MakeFold<'caused'> = ({ of, from, expect }, { setting }) => {
  const effect = matcher(of, setting);
  const origin = matcher(from, setting);
  const descent = newDescent();
  let firstOrigin: FactId = noCause;
  let found: Evidence | null = null;

  const route = (is: FactType): See => {
    const mayBeEffect = effect.takes(is);
    const mayBeOrigin = origin.takes(is);
    return (id, time, process, cause, fact) => {
      if (found !== null) return;
      const ancestor = firstOrigin === noCause ? noCause : descent.of(cause);
      if (ancestor !== noCause && mayBeEffect && effect.fits(process, fact)) {
        found = { facts: [ancestor, id], at: time };
      }
      if (mayBeOrigin && origin.fits(process, fact)) {
        if (firstOrigin === noCause) firstOrigin = id;
        descent.add(id, id);
      } else if (ancestor !== noCause) descent.add(id, ancestor);
    };
  };

  return {
    route,
    outcome: (atEnd) => {
      const test = { facts: [firstOrigin], at: null };
      if (expect === 'none') return neverHappened(found, firstOrigin !== noCause, test, atEnd);
      if (found) return shown(found);
      return unknown(firstOrigin === noCause ? 'condition' : 'wanted');
    },
  };
};

/** Nearest `from` fact of every fact that has one. A column of 32-bit numbers, as long as history needs. */
function newDescent() {
  /** 1 + the origin; 0: none. */
  let origins = new Int32Array(0);
  return {
    of: (id: FactId): FactId => (id >= 0 && id < origins.length ? origins[id] - 1 : noCause),
    add(id: FactId, origin: FactId): void {
      if (id >= origins.length) {
        const longer = new Int32Array(Math.max(256, 2 * (id + 1)));
        longer.set(origins);
        origins = longer;
      }
      origins[id] = origin + 1;
    },
  };
}
