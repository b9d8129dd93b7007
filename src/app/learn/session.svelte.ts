/**
 * One person in one lesson: the flow of steps, the runs on stage, what is judged of them, and what is kept. The
 * components of this folder show it and call it; it draws nothing.
 */
import { createActor, type Actor } from 'xstate';
import {
  lessonMachine,
  stepOf,
  type FlowContext,
  type FlowEvent,
  type GoalId,
  type LessonSnapshot,
} from '../../course/lesson-flow';
import type { Lesson, LessonStep, Probe } from '../../course/lesson';
import { answersIn, limitOf } from '../../course/lesson-told';
import { isAnswer } from '../../course/observe';
import { runOf, startOf, type RunStart } from '../../course/runs';
import { inWorld } from '../../course/worlds';
import type { LessonWords } from '../../course/words';
import { ms, type Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';
import type { Proof } from '../../scenario/prove';
import { engine } from '../../scenario/engine';
import type { Action, Scenario } from '../../scenario/scenario';
import type { Selection } from '../../stage/selection';
import type { Attempt } from '../../storage/types';
import type { Player } from '../player.svelte';
import { Aside } from './aside.svelte';
import { earnMarks, remember, saysTheSame, toAttempt, whereLeft, type WhereLeft } from './attempt';
import { Effort } from './effort';
import { Judging, type Look } from './judging.svelte';
import { keptOf, keyOf, type KeptRun, type RunKey } from './kept-runs';
import { decided, isSeen, replayObserved, selectMoment } from './moments';
import { playerOf, type SessionParts, type Warmup } from './parts';
import { Proving } from './proving.svelte';
import { reopen } from './reopen';
import { Unsaid } from './unsaid.svelte';
import { Visiting, visitOfSolution, visitToProof, type Visit } from './visiting.svelte';

export class LessonSession {
  readonly words: LessonWords;
  readonly player: Player;
  readonly judging = new Judging();
  readonly proving: Proving;
  readonly visiting = new Visiting();
  readonly aside = new Aside();
  readonly unsaid: Unsaid;
  /** The present goal, judged on the run in view. */
  look = $state.raw<Look | null>(null);
  /** What the person themselves selected last: never what a replay or a link selected for them. */
  picked = $state.raw<Selection | null>(null);
  /** The run in view begins again, because what was left of it could not be built. */
  isSetAside = $state(false);
  /** The question before a reset is open. */
  resetting = $state(false);

  readonly #parts: SessionParts;
  readonly #actor: Actor<typeof lessonMachine>;
  readonly #kept: Map<RunKey, KeptRun>;
  #snapshot: LessonSnapshot;
  /** The run on stage, and how it began. */
  #run = $state.raw<RunKey>('base');
  #start: RunStart;
  #attempt: Attempt | null;
  #effort: Effort;
  #warmupIndex = $state(0);
  /** From one run to the next: neither is on stage. */
  #moving = $state(true);
  #turns: Promise<unknown> = Promise.resolve();
  #disposed = false;
  /** What is kept, or what opening the lesson alone would keep. */
  #saved: Attempt | null = null;

  private constructor(parts: SessionParts, left: WhereLeft, host: RunHost) {
    const { snapshot, attempt, runs, run, start, unsaid } = left;
    this.#parts = parts;
    this.words = parts.words;
    this.proving = new Proving(parts.prove);
    this.#attempt = attempt;
    this.#kept = runs;
    this.#run = run;
    this.#start = $state.raw(start);
    this.#snapshot = $state.raw(snapshot);
    this.unsaid = new Unsaid(unsaid, () => void this.save());
    const kept = runs.get(run);
    this.#effort = new Effort(kept?.recording.inputs.length ?? 0);
    this.player = playerOf(parts, host, kept, start);
    this.#actor = createActor(lessonMachine, { snapshot, input: snapshot.context });
    this.#actor.subscribe((next) => this.#changed(next));
    this.#actor.start();
    this.player.limit = this.#limit();
  }

  /** Opens a lesson where the person left it, paused; for the first time, at its beginning. */
  static async open(parts: SessionParts): Promise<LessonSession> {
    const left = await whereLeft(parts);
    const { host, kept, isSetAside } = await reopen(parts, left.run, left.runs, left.start);
    const session = new LessonSession(parts, left, host);
    session.isSetAside = isSetAside;
    await session.player.seek(kept?.time ?? ms(left.start.openAtMs));
    session.#moving = false;
    session.#saved = left.attempt ?? session.#toAttempt();
    return session;
  }

  /** As it is in the world that was chosen. */
  get lesson(): Lesson {
    return inWorld(this.#parts.lesson, this.context.world);
  }
  get step(): LessonStep {
    return stepOf(this.#snapshot);
  }
  /** The step's run is on its way: what is known of the one on stage says nothing about it, and nothing is done to it. */
  get moving(): boolean {
    return this.#moving || this.#key !== this.#run;
  }
  get context(): FlowContext {
    return this.#snapshot.context;
  }
  get scenario(): Scenario {
    return this.#start.recording.scenario;
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
    return this.#warmupIndex + 1 < this.#parts.warmups.length;
  }
  get answers(): Readonly<Record<string, string>> {
    return answersIn(this.context, this.lesson);
  }
  /** The run on stage, as links and kept runs call it. */
  get run(): RunKey {
    return this.#run;
  }
  get #key(): RunKey {
    return keyOf(runOf(this.step), this.context.world);
  }
  get #warmup(): Warmup | undefined {
    return this.#parts.warmups[this.#warmupIndex];
  }
  get now(): number {
    return this.#parts.now();
  }
  send = (event: FlowEvent): void => this.#actor.send(event);

  /** The bet stands: on to the moment the question is about. */
  runOn(): void {
    this.send({ type: 'go.on' });
    void this.player.playTo(ms(this.lesson.observeAtMs));
  }

  /** What the learner says they saw. A wrong report shows the moment again. */
  async report(answer: string): Promise<void> {
    const { observation } = this.lesson;
    if (!isAnswer(observation, answer)) return;
    await this.onPulse();
    const right = await isSeen(this.lesson, this.player, this.judging, answer);
    this.send({ type: 'report', id: observation.id, option: answer, right, at: this.now });
    if (!right) await this.replay();
  }

  replay(): Promise<void> {
    return replayObserved(this.lesson, this.player, this.judging);
  }

  /** Answers a question that a goal asks; what was proved with another answer no longer counts. */
  chooseAnswer(id: string, option: string): void {
    this.send({ type: 'choose', id, option, at: this.now });
    this.proving.cancel();
    void this.onPulse();
    void this.save();
  }

  pick(selection: Selection | null): void {
    this.picked = selection;
    this.player.select(selection);
  }

  /** Does something to the run in view, now; in the past the person is asked first. Another's run is left alone. */
  async act(actions: readonly Action[]): Promise<void> {
    if (this.visiting.away || this.moving || actions.length === 0) return;
    if ((await this.player.act(actions)) === 'done') this.onTime();
  }

  /** Asks for a proof, and lets the learner's own run go on meanwhile, if that can: one wants to see it as well. */
  async prove(): Promise<void> {
    if (this.moving) return;
    this.proving.cancel();
    if (!this.lesson.starts.fix.waits) this.player.play();
    await this.player.settled();
    this.onTime(); // what was done a moment ago is in it, and takes nothing away from it afterwards
    const recording = await this.player.host.recording();
    const goal = this.lesson.goals.b;
    const verdict = await this.proving.run(recording, goal, this.#start.endMs, this.answers);
    if (verdict && !this.moving) this.send({ type: 'proved', verdict, seed: recording.seed, at: this.now });
  }

  /** Opens a run of the proof at what decided it. */
  lookAt(proof: Proof): Promise<void> {
    return this.visit(() => Promise.resolve(visitToProof(proof, this.#start.endMs)));
  }

  /** Goes on in another of the lesson's worlds, where it was left there, or from its start. */
  async chooseWorld(id: string | null): Promise<void> {
    if (this.visiting.away) await this.backToMine();
    this.send({ type: 'world', id, at: this.now });
  }

  /** A ghost plays the solution in a run of its own. */
  async showMe(goal: GoalId): Promise<void> {
    await this.visit(() => visitOfSolution(this.lesson.slug, this.#start, goal, this.context.world));
    if (this.visiting.current?.kind !== 'ghost') return;
    this.send({ type: 'ghost.start' });
    this.player.play();
  }

  /** Puts another's run on stage, unless the person has gone elsewhere by the time it is there. */
  visit(make: () => Promise<Visit>): Promise<void> {
    const { step } = this;
    const run = this.#run;
    const wanted = (): boolean => this.step === step && this.#run === run;
    return this.#inTurn(async () => {
      const visit = await make();
      if (!wanted()) return;
      await this.save();
      await this.visiting.open(visit, this.player, this.#parts.createHost, wanted);
    });
  }

  /** Back to the learner's own run, as it was left. */
  async backToMine(): Promise<void> {
    const visit = await this.visiting.back();
    if (visit?.kind === 'ghost') this.send({ type: 'ghost.end' });
    await this.onPulse();
  }

  /** The step's run begins again; after the solution was watched, with another seed. */
  async reset(): Promise<void> {
    if (this.visiting.away) await this.backToMine();
    this.send({ type: 'reset', run: runOf(this.step), at: this.now });
    await this.#enter([this.#run]);
  }

  async startOver(): Promise<void> {
    this.unsaid.answer = '';
    this.send({ type: 'start.over' });
    await this.#enter([...this.#kept.keys()]);
  }

  /** The next question that is due. */
  nextWarmup(): Promise<void> {
    this.#warmupIndex++;
    return this.#enter(['warmup']);
  }

  /** To be called whenever the playhead or the list of inputs has moved. */
  onTime(): void {
    if (this.visiting.away || this.#moving) return;
    const { time, inputs } = this.player;
    if (this.#effort.hasChanged(inputs)) {
      this.proving.cancel();
      this.send({ type: 'changed', at: this.now });
      void this.save();
    }
    if (this.#effort.hasRun(time)) this.send({ type: 'ran' });
    if (this.step === 'run' && time >= ms(this.lesson.observeAtMs)) {
      this.player.pause();
      this.send({ type: 'arrived' });
    }
    const { probe } = this;
    if (probe && time >= ms(probe.tellAtMs)) this.#tell(probe);
  }

  /** To be called a few times a second while anything moves: judges the run in view. */
  async onPulse(): Promise<void> {
    if (this.visiting.away || this.#moving) return;
    await this.judging.follow(this.player.host, this.scenario, this.player.view.factCount);
    if (this.step === 'break') this.#askAside();
    else this.aside.clear();
    const { goal } = this;
    this.look = goal ? this.judging.look(this.lesson.goals[goal], this.answers) : null;
    if (goal && this.look?.ifNow.verdict === 'shown') {
      this.send({ type: 'judged', goal, verdict: 'shown', at: this.now });
    }
  }

  /** Keeps everything, now: nothing has to be asked first, so a page that is about to go away can do it too. */
  save(): Promise<void> {
    if (this.#moving || this.#disposed) return Promise.resolve();
    const next = this.#toAttempt();
    if (saysTheSame(next, this.#saved)) return Promise.resolve();
    this.#saved = this.#attempt = next;
    return this.#parts.storage.saveAttempt(this.lesson.slug, next);
  }

  #toAttempt(): Attempt {
    const { player, lesson, step, context, now } = this;
    // while another's run is on stage one's own is as it was left
    if (!this.visiting.away) this.#kept.set(this.#run, keptOf(this.#start.recording, player));
    return toAttempt(this.#attempt, lesson.slug, step, context, this.#kept, this.#run, this.unsaid, now);
  }

  /** Nothing is kept any more from here on, whatever is still under way. */
  dispose(): void {
    this.#disposed = true;
    this.proving.cancel();
    this.#actor.stop();
    this.player.dispose();
  }

  #changed(next: LessonSnapshot): void {
    const before = this.#snapshot;
    this.#snapshot = next;
    this.player.limit = this.#limit();
    earnMarks(this.#parts, before.context, next.context);
    if (this.#moving) return;
    // An early step is told again from no later than where its question stands.
    const { limit, time } = this.player;
    const isHere = this.#key === this.#run;
    if (limit !== null && time > limit && isHere) void this.player.seek(limit);
    // Work goes on from where the run has got to, not from a moment that was looked at again.
    if (stepOf(before) === 'observe' && stepOf(next) === 'break') {
      void this.player.seek(this.player.frontier);
      // What the replay selected has been looked at; its inspector would stand in the way of the picture.
      if (this.picked === null) this.player.select(null);
    }
    if (isHere) void this.save();
    else void this.#enter();
  }

  #limit(): Time | null {
    return limitOf(this.lesson, this.step, this.context, this.probe);
  }

  #askAside(): void {
    const told = this.aside.look(this.player.view, this.judging.facts, this.context.answers);
    if (told) this.player.pause();
    if (told) this.send({ type: 'told', id: told.id, right: told.right, at: this.now });
  }

  #tell(probe: Probe): void {
    const right = decided(probe, this.context.answers);
    if (right === null) return;
    this.player.pause();
    selectMoment(this.player, this.judging, probe.moment);
    if (right) remember(this.#parts, this.#warmup, probe);
    const transfer = probe === this.lesson.transfer ? ({ transfer: true } as const) : {};
    this.send({ type: 'told', id: probe.bet.id, right, ...transfer, at: this.now });
  }

  /** Puts the step's run on stage where it was left, or, forgotten, at its start. The last one wins. */
  #enter(forgotten: readonly RunKey[] = []): Promise<void> {
    return this.#inTurn(() => this.#putOnStage(forgotten));
  }

  /** One thing after the other comes on stage. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => {});
    return turn;
  }

  async #putOnStage(forgotten: readonly RunKey[]): Promise<void> {
    const { player, lesson } = this;
    const id = runOf(this.step);
    const run = this.#key;
    if (run !== this.#run) await player.settled().then(() => this.save());
    this.#moving = true;
    for (const each of forgotten) this.#kept.delete(each);
    this.visiting.forget(player);
    this.proving.cancel();
    this.aside.clear();
    this.look = null;
    this.#run = run;
    this.#start = startOf(lesson, id, { engine, seed: this.context.seeds[id] }, this.#warmup?.probe);
    const { host, kept, isSetAside } = await reopen(this.#parts, run, this.#kept, this.#start);
    this.isSetAside = isSetAside;
    const { endMs, openAtMs } = this.#start;
    await player.replaceHost(host, { endMs, time: kept?.time ?? ms(openAtMs), kept: kept?.branches });
    this.#effort = new Effort(kept?.recording.inputs.length ?? 0);
    player.limit = this.#limit();
    // What another run told is no number of this one.
    this.judging.facts = [];
    this.#moving = false;
    // Meanwhile the person may have gone on to a step with another run.
    if (this.#key !== run) return void this.#enter();
    await this.onPulse();
    await this.save();
  }
}
