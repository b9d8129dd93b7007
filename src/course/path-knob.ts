/** The knob that moves boxes from before an answer to after it and back: where they stand, and the edits that move one. */
import { editOf, designAction, setAction } from '../scenario/design';
import type { Action } from '../scenario/scenario';
import type { PathKnob } from './lesson';

const part = 'http-api';
type Dated = readonly { readonly action: Action }[];

/** Boxes before the answer after these actions, in the order of the knob. */
export function beforeAnswer(knob: PathKnob, done: Dated): ReadonlySet<string> {
  const written = { steps: listOf(knob, done, 'steps'), calls: listOf(knob, done, 'calls') };
  const { steps } = written;
  const before = steps?.slice(0, steps.includes('respond') ? steps.indexOf('respond') : steps.length);
  const stands = ({ id, step }: PathKnob['boxes'][number]): boolean =>
    ((step ? before : written.calls) ?? knob.before).includes(id);
  return new Set(knob.boxes.filter(stands).map(({ id }) => id));
}

/** The last value an edit gave an option; null when none did. */
function listOf({ target }: PathKnob, done: Dated, option: 'steps' | 'calls'): readonly string[] | null {
  const last = done.findLast(({ action }) => {
    const { name, target: of } = action;
    if (name !== designAction || of !== target) return false;
    const edit = editOf(action);
    return edit.part === part && edit.option === option;
  });
  return last ? String(editOf(last.action).value).split(' ').filter(Boolean) : null;
}

/** The edit that moves a box to the other side of the answer. */
export function moveBox(knob: PathKnob, before: ReadonlySet<string>, id: string): Action {
  const next = new Set(before);
  if (!next.delete(id)) next.add(id);
  const box = knob.boxes.find((one) => one.id === id);
  return box?.step ? stepsAction(knob, next) : callsAction(knob, next);
}

function callsAction({ target, boxes }: PathKnob, before: ReadonlySet<string>): Action {
  const calls = boxes.filter(({ id, step }) => !step && before.has(id)).map(({ id }) => id);
  return setAction(target, part, 'calls', calls.join(' '));
}

/** In the order of the boxes, the calls standing where the first of those is; then the answer and what is left. */
function stepsAction({ target, boxes }: PathKnob, before: ReadonlySet<string>): Action {
  const calls = boxes.findIndex(({ step }) => !step);
  const own = (from: number, to?: number, isBefore = true): string[] =>
    boxes
      .slice(from, to)
      .filter(({ id, step }) => step && before.has(id) === isBefore)
      .map(({ id }) => id);
  const steps = [...own(0, calls), 'calls', ...own(calls), 'respond', ...own(0, undefined, false)];
  return setAction(target, part, 'steps', steps.join(' '));
}
