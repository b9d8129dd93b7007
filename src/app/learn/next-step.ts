/** The one thing to do next, for the solid block at the foot of the lesson: always the next step of thinking. */
import type { LessonStep } from '../../course/lesson';
import { isBet, isExplained, isProvedNow, isShownNow } from '../../course/lesson-told';
import { isAnswer } from '../../course/observe';
import { ms } from '../../kernel/time';
import { clock } from '../../stage/clock';
import { displayName } from '../../stage/names';
import { words } from '../i18n';
import { learn } from '../words/learn.en';
import { answerProbe, answerPrompt, placeBet } from './betting';
import type { Prompt } from './prompt';
import type { LessonSession } from './session.svelte';
import type { Visit } from './visiting.svelte';

export interface NextStep {
  /** Said above the block; '' for nothing. */
  readonly text: string;
  readonly label: string;
  /** Why it cannot be pressed yet; '' when it can. */
  readonly reason: string;
  /** It can be pressed as soon as the step's run is on stage. */
  readonly waits: boolean;
  /** It lets time go by: it wears the play sign. */
  readonly plays: boolean;
  readonly go: () => unknown;
  /** Numbers to pick one of, at the end of the text. */
  readonly picks: readonly number[];
  readonly picked: number | null;
  readonly pick: (offset: number) => void;
}

const w = words({ en: learn });

export function nextStep(session: LessonSession): NextStep | null {
  if (session.visiting.current) {
    return step({
      text: visitText(session.visiting.current),
      label: w.ghost.stop,
      go: () => session.backToMine(),
    });
  }
  const next = ofStep[session.step](session);
  return next && { ...next, waits: session.moving };
}

/** Whose run is on stage, when it is not one's own. */
export function visitText({ kind, recording, time, differs }: Visit): string {
  if (kind === 'ghost') return w.ghost.label;
  if (kind === 'proof') return w.visit.proof(recording.seed);
  return `${w.visit.shared(recording.seed, clock(time))} ${differs ? w.visit.differs : ''}`.trim();
}

function step(next: Partial<NextStep> & Pick<NextStep, 'label' | 'go'>): NextStep {
  return {
    text: '',
    reason: '',
    waits: false,
    plays: false,
    picks: [],
    picked: null,
    pick: () => {},
    ...next,
  };
}

const ofStep: Record<LessonStep, (session: LessonSession) => NextStep | null> = {
  warmup: (session) => {
    if (session.probe && session.hasNextWarmup && !probeStep(session)) {
      return step({ label: w.warmup.another, go: () => session.nextWarmup() });
    }
    return probeStep(session) ?? step({ label: w.warmup.go, go: () => session.send({ type: 'go.on' }) });
  },
  scene: (session) =>
    step({ text: w.scene.next, label: w.scene.go, go: () => session.send({ type: 'go.on' }) }),
  predict: (session) => {
    if (isBet(session.context))
      return step({ label: w.predict.placed, plays: true, go: () => session.runOn() });
    const { option, confidence } = session.unsaid.draft;
    const reason =
      option === null ? w.predict.needOption : confidence === null ? w.predict.needConfidence : '';
    return step({ label: w.predict.go, reason, plays: true, go: () => placeBet(session) });
  },
  run: (session) => {
    if (session.player.playing) return pause(session, w.run.next);
    const { observeAtMs } = session.lesson;
    const label = w.run.go(clock(ms(observeAtMs), 0));
    return step({ text: w.run.next, label, plays: true, go: () => session.player.playTo(ms(observeAtMs)) });
  },
  observe: (session) => {
    if (isExplained(session.context)) {
      return step({ text: w.observe.done, label: w.observe.on, go: () => session.send({ type: 'go.on' }) });
    }
    const empty = session.lesson.observation.kind === 'position' ? w.observe.need : w.observe.needOption;
    const reason = isAnswer(session.lesson.observation, session.unsaid.answer) ? '' : empty;
    return step({
      text: w.observe.next,
      label: w.observe.go,
      reason,
      go: () => session.report(session.unsaid.answer),
    });
  },
  break: (session) => {
    if (isShownNow(session.context)) {
      return step({ text: w.break.done, label: w.break.on, go: () => session.send({ type: 'go.on' }) });
    }
    const { prompt, told } = session.aside;
    if (prompt) return promptStep(session, prompt);
    const said = told && (told.right ? w.prompt.right(told.read) : w.prompt.wrong(told.read, told.said));
    const text = said ?? (session.context.effort.a === 'changed' ? w.break.acted : w.break.start);
    if (session.player.playing) return pause(session, text);
    return step({ text, label: w.break.go, plays: true, go: () => session.player.play() });
  },
  fix: (session) => fixStep(session),
  transfer: (session) =>
    probeStep(session) ?? step({ label: w.transfer.on, go: () => session.send({ type: 'go.on' }) }),
  // A link to the next lesson stands there instead.
  card: () => null,
};

/** Somebody has crashed: which offset will be read first is asked before it is shown. */
function promptStep(session: LessonSession, { id, who, lane, at, offsets }: Prompt): NextStep {
  const { player } = session;
  const answer = session.context.answers.find((one) => one.id === id);
  const partition = w.prompt.partition(lane.slice(lane.lastIndexOf('/') + 1));
  const text = w.prompt.ask(partition, displayName(who), at === null ? '' : clock(at));
  const picks = {
    picks: offsets,
    picked: answer ? Number(answer.option) : null,
    pick: (offset: number) => answerPrompt(session, offset),
  };
  if (player.playing) return { ...pause(session, text), ...picks };
  return step({ text, ...picks, label: w.prompt.go, plays: true, go: () => player.play() });
}

function fixStep(session: LessonSession): NextStep {
  const { player, proving, context } = session;
  const playTo = ms(session.lesson.starts.fix.playToMs);
  if (player.time < playTo && !player.inputs.length) {
    if (player.playing) return pause(session, w.fix.start);
    const label = w.fix.toFault(clock(playTo));
    return step({ text: w.fix.start, label, plays: true, go: () => player.playTo(playTo) });
  }
  if (proving.busy)
    return step({ text: w.fix.work, label: w.fix.proving, reason: w.fix.proving, go: () => {} });
  if (isProvedNow(context)) {
    return step({
      text: context.fixed ? w.fix.proved : w.fix.seen,
      label: w.fix.on,
      go: () => session.send({ type: 'go.on' }),
    });
  }
  return step({ text: w.fix.work, label: w.fix.prove, go: () => session.prove() });
}

/** null once the run has told. */
function probeStep(session: LessonSession): NextStep | null {
  const { probe, player } = session;
  const answer = session.context.answers.find(({ id }) => id === probe?.bet.id);
  if (!probe || (answer && answer.right !== null)) return null;
  if (answer) {
    if (player.playing) return pause(session, w.transfer.playing);
    const go = (): unknown => player.playTo(ms(probe.tellAtMs));
    return step({ text: w.transfer.playing, label: w.transfer.play, plays: true, go });
  }
  const { option, confidence } = session.unsaid.draft;
  const reason = option === null ? w.predict.needOption : confidence === null ? w.predict.needConfidence : '';
  return step({
    text: w.transfer.predict,
    label: w.transfer.go,
    reason,
    plays: true,
    go: () => answerProbe(session),
  });
}

function pause(session: LessonSession, text: string): NextStep {
  return step({ text, label: w.run.pause, go: () => session.player.pause() });
}
