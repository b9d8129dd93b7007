/**
 * Knobs and the inputs they make. What a knob stands at is never stored: it is read from the inputs of the run, so it
 * is right after a reload, an undo, a fork, and at every instant of the past.
 */
import type { Setting } from '../judge/judge';
import { storedMatcher } from '../judge/stored';
import type { Fact } from '../kernel/fact';
import { ms } from '../kernel/time';
import type { Action, Input, ScheduledAction } from '../scenario/scenario';
import type { ChoiceKnob, Knob, LessonStep, NumberKnob, SeekKnob } from './lesson';

/** What stands on a knob at an instant. */
export interface KnobState {
  /** null: none of a choice's values. */
  readonly value: number | string | null;
  /** Differs from the default, which is then shown as a tick. */
  readonly changed: boolean;
  /** Since when it stands there, in microseconds; null: from the start. */
  readonly since: number | null;
  /** What it did is a fault that is still on. */
  readonly fault: boolean;
}

/** One action with its time (microseconds), wherever it came from. */
interface Dated {
  readonly time: number;
  readonly action: Action;
}

/** Schedule and inputs up to `time` (microseconds), in the order in which they take effect. */
export function actionsUntil(
  schedule: readonly ScheduledAction[],
  inputs: readonly Input[],
  time: number,
): readonly Dated[] {
  const scheduled = schedule.map(({ atMs, action }) => ({ time: ms(atMs), action }));
  return [...scheduled, ...inputs]
    .filter((one) => one.time <= time)
    .sort((a, b) => a.time - b.time)
    .map(({ time: at, action }) => ({ time: at, action }));
}

/** Where a number or a choice stands after these actions. */
export function stateOf(knob: NumberKnob | ChoiceKnob, done: readonly Dated[]): KnobState {
  const start = { changed: false, since: null, fault: false };
  return knob.kind === 'number'
    ? numberState(knob, done, { ...start, value: knob.initial })
    : choiceState(knob, done, { ...start, value: null });
}

function numberState(knob: NumberKnob, done: readonly Dated[], start: KnobState): KnobState {
  const last = done.findLast(({ action }) =>
    sameAction(withValue(knob.action, knob.option, null), withValue(action, knob.option, null)),
  );
  if (!last) return start;
  const value = Number(last.action.options[knob.option]);
  return {
    value,
    changed: value !== knob.initial,
    since: last.time,
    fault: isFault(last.action, value !== knob.initial),
  };
}

function withValue(action: Action, option: string, value: Action['options'][string]): Action {
  return { ...action, options: { ...action.options, [option]: value } };
}

function choiceState(knob: ChoiceKnob, done: readonly Dated[], start: KnobState): KnobState {
  let state = start;
  for (const { time, action } of done) {
    const entered = knob.values.find((value) => value.enter.some((each) => sameAction(each, action)));
    if (entered) {
      state = { value: entered.id, changed: true, since: time, fault: isFault(action, true) };
      continue;
    }
    const left = knob.values
      .find((value) => value.id === state.value)
      ?.leave.some((each) => sameAction(each, action));
    if (left) state = { value: null, changed: false, since: time, fault: false };
  }
  return state;
}

function isFault(action: Action, changed: boolean): boolean {
  return changed && action.class === 'fault';
}

/** What is left of a state when history has moved on: a pin that has broken its process is gone once that is back. */
export function withoutEnded(
  knob: ChoiceKnob,
  state: KnobState,
  facts: readonly Fact[],
  setting: Setting,
): KnobState {
  const { since } = state;
  if (since === null || !knob.until) return state;
  const ends = storedMatcher(knob.until, setting);
  const ended = facts.some((fact) => fact.time > since && ends(fact));
  return ended ? { value: null, changed: false, since: null, fault: false } : state;
}

/** The actions that turn a knob from where it stands. None when it stands there already. */
export function turn(
  knob: NumberKnob | ChoiceKnob,
  from: KnobState['value'],
  to: KnobState['value'],
): readonly Action[] {
  if (from === to) return [];
  if (knob.kind === 'number') {
    return [withValue(knob.action, knob.option, withinBounds(knob, Number(to)))];
  }
  const leave = knob.values.find((value) => value.id === from)?.leave ?? [];
  const enter = knob.values.find((value) => value.id === to)?.enter ?? [];
  return [...leave, ...enter];
}

/** The nearest value the knob can stand at. */
export function withinBounds(knob: NumberKnob, value: number): number {
  const steps = Math.round((value - knob.min) / knob.step);
  const onStep = Number((knob.min + steps * knob.step).toFixed(6));
  return Math.min(knob.max, Math.max(knob.min, onStep));
}

/** "Go to offset". */
export function seekAction(knob: SeekKnob, group: string, partition: number, offset: number): Action {
  return {
    class: 'operation',
    name: 'seek',
    target: group,
    options: { topic: knob.topic, partition, offset },
  };
}

/** Knobs on screen in a step, and whether they can be turned in it. Knobs of other runs are absent, not greyed. */
export function knobsIn(
  knobs: readonly Knob[],
  step: LessonStep,
): readonly { knob: Knob; locked: boolean }[] {
  const run = stepsOfRun(step);
  return knobs
    .filter((knob) => knob.steps.some((each) => run.includes(each)))
    .map((knob) => ({ knob, locked: !knob.steps.includes(step) }));
}

/** Steps that show the same run as this one. */
function stepsOfRun(step: LessonStep): readonly LessonStep[] {
  if (step === 'fix') return ['fix'];
  if (step === 'transfer' || step === 'warmup' || step === 'card') return [];
  return ['scene', 'predict', 'run', 'observe', 'break'];
}

export function sameAction(a: Action, b: Action): boolean {
  if (a.name !== b.name || a.target !== b.target) return false;
  const names = new Set([...Object.keys(a.options), ...Object.keys(b.options)]);
  return [...names].every((name) => a.options[name] === b.options[name]);
}
