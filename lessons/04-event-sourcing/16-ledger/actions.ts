/** What a person does in lesson 16, as actions: knobs, solutions and wrong scripts speak the same language. */
import type { Action } from '../../../src/scenario/scenario';
import { account } from './bank';

type Options = Action['options'];

/** Questions by the id that the words use. 9 March, in the evening, is 8.9 s into the run. */
export const questions: Readonly<Record<string, Options>> = {
  today: { question: 'today' },
  'line-1': { question: 'after', line: 1 },
  'line-2': { question: 'after', line: 2 },
  ninth: { question: 'at', atMs: 8900 },
  how: { question: 'how' },
};

export function ask(id: string): Action {
  return operation('ask', 'auditor', { account, ...questions[id] });
}
/** "The row cannot say": it is asked to admit it. */
export function challenge(id: string): Action {
  return operation('challenge', 'auditor', { account, ...questions[id] });
}
export function slip(amount: number): Action {
  return operation('slip', 'teller', { account, amount });
}
export function replayWithFee(fee: number): Action {
  return operation('ask', 'auditor', { account, question: 'rule', fee });
}
export function name(names: string, rests: 'account' | 'row' | 'log', shows: string): Action {
  return operation('name', 'auditor', { names, rests, shows });
}

function operation(action: string, target: string, options: Options): Action {
  return { class: 'operation', name: action, target, options };
}
