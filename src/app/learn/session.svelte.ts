/**
 * One person in one lesson: the flow of steps, the runs on stage, what is judged of them, and what is kept. The
 * components of this folder show it and call it; it draws nothing.
 */
import { createActor, type Actor } from 'xstate';
import { firstSnapshot, lessonMachine, snapshotAt, stepOf, type Confidence, type FlowContext, type FlowEvent, type FlowInput, type GoalId, type LessonSnapshot, type RunId } from '../../course/lesson-flow'; // prettier-ignore
import type { Lesson, LessonStep, Probe } from '../../course/lesson';
import { loadScripts } from '../../course/load';
import { missteps } from '../../course/missteps';
import { check } from '../../course/observe';
import { endOf, runOf, scripted, startOf, type RunStart } from '../../course/runs';
import { storedMatcher } from '../../judge/stored';
import type { LessonWords } from '../../course/words';
import type { Fact } from '../../kernel/fact';
import { ms, type Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';
import type { Proof } from '../../scenario/prove';
import { engine } from '../../scenario/recording';
import type { Action, Recording, Scenario } from '../../scenario/scenario';
import type { Selection } from '../../stage/selection';
import type { Attempt, Storage } from '../../storage/types';
import type { Player, PlayerOptions } from '../player.svelte';
import { fromAttempt, toAttempt, type KeptRun } from './attempt';
import { Judging, type Look } from './judging.svelte';
import { Proving, type Prove } from './proving.svelte';

export interface SessionParts {
  readonly lesson: Lesson;
  readonly words: LessonWords;
  readonly storage: Storage;
  readonly createHost: (recording: Recording) => Promise<RunHost>;
  readonly createPlayer: (options: PlayerOptions) => Player;
  readonly prove?: Prove;
  /** Wall clock in milliseconds. */
  readonly now?: () => number;
  /** Warm-up questions that are due, from any lesson. */
  readonly warmups?: readonly Warmup[];
}

/** A question from a lesson that was passed a day ago or more. */
export interface Warmup {
  readonly slug: string;
  readonly probe: Probe;
  readonly words: LessonWords;
}

/** A run on stage that is not the learner's own. */
export interface Visit {
  readonly kind: 'ghost' | 'proof';
  readonly seed: number;
  readonly back: () => Promise<void>;
}

/** Playing on for this long after a change counts as having run it. */
const ranAfterMs = 500;
/** A ghost begins this long before it does something. */
const ghostLeadMs = 1500;

export class LessonSession {
  readonly lesson: Lesson;
  readonly words: LessonWords;
  readonly player: Player;
  readonly judging = new Judging();
  readonly proving: Proving;
  /** Not the learner's run: a ghost, a proof. */
  visit = $state.raw<Visit | null>(null);
  /** The present goal, judged on the run in view. */
  look = $state.raw<Look | null>(null);
  /** Chosen and not yet placed: an option and how sure one is. */
  draft = $state<{ option: string | null; confidence: Confidence | null }>({
    option: null,
    confidence: null,
  });
  /** What the person themselves selected last: never what a replay or a link selected for them. */
  picked = $state.raw<Selection | null>(null);
  /** Typed or picked and not yet reported. */
  answer = $state('');
  /** Only one way from run to run at a time. */
  moving = $state(true);

  readonly #parts: SessionParts;
  readonly #actor: Actor<typeof lessonMachine>;
  #snapshot: LessonSnapshot;
  /** The run on stage, and the scenario it plays. */
  #run = $state.raw<RunId>('base');
  #start: RunStart;
  #kept = new Map<RunId, KeptRun>();
  #attempt: Attempt | null;
  #changedAt: Time | null = null;
  #inputCount = 0;
  #warmupIndex = $state(0);
  #turns: Promise<unknown> = Promise.resolve();

  private constructor(
    parts: SessionParts,
    snapshot: LessonSnapshot,
    attempt: Attempt | null,
    runs: Map<RunId, KeptRun>,
    start: RunStart,
    host: RunHost,
  ) {
    // prettier-ignore
    this.#parts = parts;
    this.lesson = parts.lesson;
    this.words = parts.words;
    this.proving = new Proving(parts.prove);
    this.#attempt = attempt;
    this.#kept = runs;
    this.#start = $state.raw(start);
    this.#run = runOf(stepOf(snapshot));
    this.#snapshot = $state.raw(snapshot);
    this.player = parts.createPlayer({ host, lensMs: parts.lesson.lensMs, endMs: start.endMs });
    this.#actor = createActor(lessonMachine, { snapshot, input: snapshot.context });
    this.#actor.subscribe((next) => this.#changed(next));
    this.#actor.start();
    this.player.limit = this.#limit();
  }

  /** Opens a lesson where the person left it, paused; for the first time, at its beginning. */
  static async open(parts: SessionParts): Promise<LessonSession> {
    const { lesson, storage } = parts;
    const input = flowInput(
      lesson,
      parts.warmups?.map(({ probe }) => probe) ?? [],
      parts.now?.() ?? Date.now(),
    );
    const attempt = (await storage.progress(lesson.slug))?.attempt ?? null;
    const stored = attempt && fromAttempt(attempt, input);
    const snapshot = stored ? snapshotAt(stored.step, stored.context) : firstSnapshot(input);
    const runs = stored?.runs ?? new Map<RunId, KeptRun>();
    const run = runOf(stepOf(snapshot));
    const start = startOf(
      lesson,
      run,
      { engine, seed: snapshot.context.seeds[run] },
      parts.warmups?.[0]?.probe,
    );
    const kept = runs.get(run);
    const host = await parts.createHost(kept?.recording ?? start.recording);
    const session = new LessonSession(parts, snapshot, stored ? attempt : null, runs, start, host);
    await session.player.seek(kept?.time ?? ms(start.openAtMs));
    session.#inputCount = kept?.recording.inputs.length ?? 0;
    session.moving = false;
    return session;
  }

  get step(): LessonStep {
    return stepOf(this.#snapshot);
  }
  get context(): FlowContext {
    return this.#snapshot.context;
  }
  get run(): RunId {
    return this.#run;
  }
  get scenario(): Scenario {
    return this.#start.recording.scenario;
  }
  get endMs(): number {
    return this.#start.endMs;
  }
  /** The goal that is worked on in this step. */
  get goal(): GoalId | null {
    return this.step === 'break' ? 'a' : this.step === 'fix' ? 'b' : null;
  }
  get probe(): Probe | null {
    if (this.step === 'warmup') return this.#warmup?.probe ?? null;
    return this.step === 'transfer' ? this.lesson.transfer : null;
  }
  /** The words of the probe: a warm-up brings those of its own lesson. */
  get probeWords(): LessonWords {
    return this.step === 'warmup' ? (this.#warmup?.words ?? this.words) : this.words;
  }
  get hasNextWarmup(): boolean {
    return this.#warmupIndex + 1 < (this.#parts.warmups?.length ?? 0);
  }
  get #warmup(): Warmup | undefined {
    return this.#parts.warmups?.[this.#warmupIndex];
  }
  /** Wrong ideas behind a goal that has failed, by id. */
  get missteps(): readonly string[] {
    const failed = this.proving.proofs?.find(({ judgement }) => judgement.verdict !== 'shown')?.judgement;
    const judgement = failed ?? this.look?.ifNow;
    if (!judgement || !this.goal) return [];
    const violated = judgement.verdict === 'violated';
    if (!failed && !violated && this.goal === 'b') return [];
    return missteps(this.lesson, judgement, this.player.inputs.map(({ action }) => action)); // prettier-ignore
  }

  /** Every bet of the lesson is placed, or was left open on purpose. */
  get isBet(): boolean {
    return this.context.bets.every((id) => this.context.placed.some((bet) => bet.id === id));
  }
  /** The outcome may be told: it was reported, or the person has gone on without. */
  get explained(): boolean {
    const { reports, visited } = this.context;
    return reports.some(({ right }) => right) || (reports.length > 0 && visited.includes('break'));
  }

  /** Misconceptions behind the bets that came out differently. */
  get revealed(): readonly string[] {
    return this.lesson.bets.flatMap((bet) => {
      const option = this.context.placed.find(({ id }) => id === bet.id)?.option;
      return bet.options.find(({ id }) => id === option)?.misconception ?? [];
    });
  }

  /** Places the bet that was chosen and lets the run go on to where it is asked about. */
  placeBet(): void {
    const { option, confidence } = this.draft;
    const open = this.lesson.bets.find(({ id }) => !this.context.placed.some((bet) => bet.id === id));
    if (!open || option === null || confidence === null) return;
    this.send({ type: 'bet', id: open.id, option, confidence, at: this.now });
    this.draft = { option: null, confidence: null };
    if (this.isBet) this.runOn();
  }

  watchFirst(): void {
    this.send({ type: 'watch', at: this.now });
    this.runOn();
  }

  /** Answers the warm-up or the transfer, and lets its run tell. */
  answerProbe(): void {
    const { probe } = this;
    const { option, confidence } = this.draft;
    if (!probe || option === null) return;
    this.send({ type: 'answer', id: probe.bet.id, option, confidence, at: this.now });
    this.draft = { option: null, confidence: null };
    void this.player.playTo(ms(probe.tellAtMs));
  }

  can(event: FlowEvent): boolean {
    return this.#snapshot.can(event);
  }

  /** Tells the flow what happened. Times are put in here. */
  send(event: FlowEvent): void {
    this.#actor.send(event);
  }
  get now(): number {
    return this.#parts.now?.() ?? Date.now();
  }

  /** To be called whenever the playhead or the list of inputs has moved. */
  onTime(): void {
    if (this.visit || this.moving) return;
    const { time, inputs } = this.player;
    if (inputs.length !== this.#inputCount) {
      this.#inputCount = inputs.length;
      this.#changedAt = inputs.length ? inputs[inputs.length - 1].time : null;
      this.proving.cancel();
      if (inputs.length) this.send({ type: 'changed' });
      void this.save();
    }
    if (this.#changedAt !== null && time > this.#changedAt + ms(ranAfterMs)) {
      this.#changedAt = null;
      this.send({ type: 'ran' });
    }
    if (this.step === 'run' && time >= ms(this.lesson.observeAtMs)) {
      this.player.pause();
      this.send({ type: 'arrived' });
    }
    const { probe } = this;
    if (probe && time >= ms(probe.tellAtMs)) this.#tell(probe);
  }

  /** To be called a few times a second while anything moves: judges the run in view. */
  async onPulse(): Promise<void> {
    if (this.visit || this.moving) return;
    const { view, host } = this.player;
    await this.judging.follow(host, this.scenario, view.factCount);
    const { goal } = this;
    this.look = goal ? this.judging.look(this.lesson.goals[goal]) : null;
    if (goal && this.look && this.look.ifNow.verdict === 'shown' && !this.visit) {
      this.send({ type: 'judged', goal, verdict: 'shown', at: this.now });
    }
  }

  /** What the learner says they saw. */
  async report(answer: string): Promise<void> {
    const { observation } = this.lesson;
    await this.onPulse();
    const checked = check(observation, answer, await this.#history(), this.judging.setting);
    this.send({ type: 'report', id: observation.id, option: answer, right: checked.right, at: this.now });
    if (!checked.right) await this.replay();
  }

  /** Goes to the moment the observation is about. */
  async replay(): Promise<void> {
    if (this.player.frontier < ms(this.lesson.observeAtMs))
      await this.player.seek(ms(this.lesson.observeAtMs));
    const { observation } = this.lesson;
    const { moment } = check(observation, '', await this.#history(), this.judging.setting);
    if (moment !== null) await this.goToFact(moment);
  }

  /** Everything that has happened in the run in view up to the moment of the report. */
  #history(): Promise<readonly Fact[]> {
    const until = ms(this.lesson.observeAtMs);
    return this.player.host.facts({}).then((facts) => facts.filter(({ time }) => time <= until));
  }

  pick(selection: Selection | null): void {
    this.picked = selection;
    this.player.select(selection);
  }

  /** To the instant of a fact, with what it is about selected. */
  async goToFact(id: number): Promise<void> {
    const fact =
      this.judging.facts.find((one) => one.id === id) ?? (await this.player.factsBetween(id, id + 1))[0];
    await this.player.seekFact(id);
    if (!fact) return;
    if (fact.message >= 0) this.player.select({ kind: 'message', message: fact.message });
    else this.player.select({ kind: 'address', address: fact.subject });
  }

  /** Does something to the run in view, now. */
  async act(actions: readonly Action[]): Promise<'done' | 'needs-fork' | 'not yours'> {
    if (this.visit) return 'not yours';
    for (const action of actions) {
      if ((await this.player.act(action)) === 'needs-fork') return 'needs-fork';
    }
    this.onTime();
    return 'done';
  }

  /** The next question that is due. */
  async nextWarmup(): Promise<void> {
    this.#warmupIndex++;
    this.#kept.delete('warmup');
    await this.#enter('warmup');
  }

  /** Asks for a proof, and lets the learner's own run go on meanwhile: one wants to see it as well. */
  async prove(): Promise<void> {
    this.player.play();
    const recording = await this.player.host.recording();
    const verdict = await this.proving.run(recording, this.lesson.goals.b, this.endMs);
    if (verdict) this.send({ type: 'proved', verdict, seed: recording.seed, at: this.now });
  }

  /** Opens a run of the proof at what decided it. */
  async lookAt({ seed, recording, judgement }: Proof): Promise<void> {
    const failed = judgement.clauses.find(({ verdict }) => verdict !== 'shown');
    const end = endOf(recording, this.endMs);
    await this.#visit('proof', seed, recording, failed?.at ?? ms(end), end);
  }

  /** A ghost plays the solution in a run of its own. */
  async showMe(goal: GoalId): Promise<void> {
    const { solution } = await loadScripts(this.lesson.slug);
    const seed = this.context.seeds[runOf(this.step)];
    const recording = scripted(this.#start.recording, solution[goal]);
    const first = Math.min(...solution[goal].map(({ atMs }) => atMs));
    const end = endOf(recording, this.endMs);
    this.send({ type: 'ghost.start' });
    await this.#visit('ghost', seed, recording, ms(Math.max(0, first - ghostLeadMs)), end);
    this.player.play();
  }

  /** Back to the learner's own run, as it was left. */
  async backToMine(): Promise<void> {
    const { visit } = this;
    if (!visit) return;
    await visit.back();
    this.visit = null;
    if (visit.kind === 'ghost') this.send({ type: 'ghost.end' });
    await this.onPulse();
  }

  /** The step's run begins again; after the solution was watched, with another seed. */
  async reset(): Promise<void> {
    if (this.visit) await this.backToMine();
    this.#kept.delete(this.#run);
    this.send({ type: 'reset', run: this.#run });
    await this.#enter(this.#run);
  }

  async startOver(): Promise<void> {
    this.#kept.clear();
    this.send({ type: 'start.over' });
    await this.#enter('base');
  }

  /** Keeps everything, now. */
  async save(): Promise<void> {
    if (this.moving || this.visit) return;
    const { player, lesson } = this;
    const time = player.time;
    this.#kept.set(this.#run, { recording: await player.host.recording(), time });
    const { step, context, now } = this;
    this.#attempt = toAttempt(this.#attempt, lesson.slug, step, context, this.#kept, this.#run, now);
    await this.#parts.storage.saveAttempt(lesson.slug, this.#attempt);
  }

  dispose(): void {
    this.proving.cancel();
    this.#actor.stop();
    this.player.dispose();
  }

  #changed(next: LessonSnapshot): void {
    const before = this.#snapshot;
    this.#snapshot = next;
    this.player.limit = this.#limit();
    this.#earn(before.context, next.context);
    if (this.moving) return;
    // Work goes on from where the run has got to, not from the moment that was looked at again.
    const stands = this.player.time < ms(this.lesson.observeAtMs);
    if (stepOf(before) === 'observe' && stepOf(next) === 'break' && stands)
      void this.player.seek(this.player.frontier);
    if (runOf(stepOf(next)) !== this.#run) void this.#enter(runOf(stepOf(next)));
    else void this.save();
  }

  /** Marks outlive the attempt: the first time counts. */
  #earn(before: FlowContext, next: FlowContext): void {
    const { storage } = this.#parts;
    const { slug } = this.lesson;
    for (const mark of ['shown', 'fixed', 'transferred'] as const) {
      if (next[mark] && !before[mark]) void storage.setMark(slug, mark, this.now);
    }
    if (next.ghost && !before.ghost) void storage.setMark(slug, 'solutionSeen', this.now);
  }

  /** Nobody sees the outcome before betting on it, nor what came of a prediction before making it. */
  #limit(): Time | null {
    const { step, context, lesson, probe } = this;
    if (probe) {
      const answered = context.answers.some(({ id }) => id === probe.bet.id);
      return answered ? null : ms(probe.askAtMs);
    }
    const bet = lesson.bets.every(({ id }) => context.placed.some((one) => one.id === id));
    if (this.#run !== 'base' || context.reports.length > 0 || step === 'break' || step === 'card')
      return null;
    return ms(bet ? lesson.observeAtMs : lesson.spoilsAtMs);
  }

  /** The bet stands: on to the moment the question is about. */
  runOn(): void {
    this.send({ type: 'go.on' });
    void this.player.playTo(ms(this.lesson.observeAtMs));
  }

  #tell(probe: Probe): void {
    const answer = this.context.answers.find(({ id }) => id === probe.bet.id);
    if (!answer || answer.right !== null) return;
    this.player.pause();
    const moment = this.judging.facts.findLast(storedMatcher(probe.moment, this.judging.setting));
    if (moment && moment.message >= 0) this.player.select({ kind: 'message', message: moment.message });
    const right = probe.bet.options.find(({ id }) => id === answer.option)?.right === true;
    const transfer = probe === this.lesson.transfer ? ({ transfer: true } as const) : {};
    if (right && this.#warmup?.probe === probe)
      void this.#parts.storage.setMark(this.#warmup.slug, 'remembered', this.now);
    this.send({ type: 'told', id: probe.bet.id, right, ...transfer, at: this.now });
  }

  /** Puts a run on stage where it was left, or at its start. One after the other, the last one wins. */
  #enter(run: RunId): Promise<void> {
    const turn = this.#turns.then(() => this.#putOnStage(run));
    this.#turns = turn.catch(() => {});
    return turn;
  }

  async #putOnStage(run: RunId): Promise<void> {
    this.moving = true;
    const { player, lesson } = this;
    if (!this.visit && run !== this.#run) {
      this.#kept.set(this.#run, { recording: await player.host.recording(), time: player.time });
    }
    this.visit = null;
    this.proving.cancel();
    this.look = null;
    this.#run = run;
    this.#start = startOf(lesson, run, { engine, seed: this.context.seeds[run] }, this.#warmup?.probe);
    const kept = this.#kept.get(run);
    const host = await this.#parts.createHost(kept?.recording ?? this.#start.recording);
    await player.replaceHost(host, {
      endMs: this.#start.endMs,
      time: kept?.time ?? ms(this.#start.openAtMs),
    });
    this.#inputCount = kept?.recording.inputs.length ?? 0;
    this.#changedAt = null;
    player.limit = this.#limit();
    this.moving = false;
    // Meanwhile the person may have gone on to a step with another run.
    if (runOf(this.step) !== run) return void this.#enter(runOf(this.step));
    await this.onPulse();
    await this.save();
  }

  async #visit(
    kind: Visit['kind'],
    seed: number,
    recording: Recording,
    time: Time,
    endMs: number,
  ): Promise<void> {
    if (this.visit) await this.backToMine();
    await this.save();
    const host = await this.#parts.createHost(recording);
    const recall = await this.player.replaceHost(host, {
      endMs,
      time: Math.min(time, ms(endMs)),
      keep: true,
    });
    const limit = this.#limit();
    const back = async (): Promise<void> => {
      await recall();
      this.player.limit = limit;
    };
    this.visit = { kind, seed, back };
  }
}

function flowInput(lesson: Lesson, warmups: readonly Probe[], now: number): FlowInput {
  // A warm-up is a fresh run every day.
  const day = Math.floor(now / 86_400_000);
  return {
    bets: lesson.bets.map(({ id }) => id),
    warmups: warmups.map(({ bet }) => bet.id),
    seeds: {
      base: lesson.seed,
      fix: lesson.seed,
      transfer: lesson.transfer.seed,
      warmup: lesson.transfer.seed + day,
    },
  };
}
