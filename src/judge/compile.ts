import type { Bench, Fold, MakeFold, Setting } from './fold';
import type { Expression, Operator } from './goal';
import { allFold } from './folds/all';
import { answerFold } from './folds/answer';
import { anyFold } from './folds/any';
import { causedFold } from './folds/caused';
import { countFold } from './folds/count';
import { coverFold } from './folds/cover';
import { distinctFold } from './folds/distinct';
import { duringFold } from './folds/during';
import { finalFold } from './folds/final';
import { lastFold } from './folds/last';
import { noneFold } from './folds/none';
import { repeatedFold } from './folds/repeated';
import { seqFold } from './folds/seq';
import { shareFold } from './folds/share';
import { someFold } from './folds/some';
import { spanFold } from './folds/span';
import { waitingFold } from './folds/waiting';

/** One fold per operator. A list and not a glob: the compiler then says which operator has none. */
const folds: { readonly [Op in Operator]: MakeFold<Op> } = {
  some: someFold,
  none: noneFold,
  count: countFold,
  repeated: repeatedFold,
  caused: causedFold,
  seq: seqFold,
  span: spanFold,
  final: finalFold,
  share: shareFold,
  distinct: distinctFold,
  last: lastFold,
  answer: answerFold,
  during: duringFold,
  waiting: waitingFold,
  cover: coverFold,
  all: allFold,
  any: anyFold,
};

/** Makes the folds of one judgement; every fold starts with an empty history. */
export function newBench(setting: Setting): Bench {
  const bench: Bench = { setting, covers: [], make: (expression) => makeFold(expression, bench) };
  return bench;
}

function makeFold(expression: Expression, bench: Bench): Fold {
  const make = folds[expression.op] as MakeFold<Operator>;
  return make(expression, bench);
}
