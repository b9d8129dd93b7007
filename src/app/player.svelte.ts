import { createSubscriber } from 'svelte/reactivity';
import type { Body, MessageId } from '../kernel/bodies';
import type { Fact, FactId } from '../kernel/fact';
import type { Address } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { Inspection, Mark, Page, RunHost, Series, Window } from '../scenario/host';
import type { Action, Input, Recording } from '../scenario/scenario';
import type { Selection } from '../stage/selection';
import { words } from './i18n';
import { pageTicker } from './ticker';
import type { Branch, KeptBranches } from './transport/branches';
import { Details } from './transport/details.svelte';
import { Looking, type Note } from './transport/looking.svelte';
import { Playhead, type PlayheadOptions, type PlayerStatus } from './transport/playhead.svelte';
import type { StepBy } from './transport/places';
import { Runs } from './transport/runs.svelte';
import { stopAfter, stopBefore, stopsOf, type Stop } from './transport/stops';
import { transport } from './words/transport.en';

export type { Branch, KeptBranches, Note, PlayerStatus, StepBy };

export interface PlayerOptions extends PlayheadOptions {
  readonly host: RunHost;
  readonly cells?: number;
  readonly rows?: number;
  /** Builds a run anew: for undoing what was done at its very start, and for branches kept from an earlier visit. */
  readonly create?: (recording: Recording) => Promise<RunHost>;
  /** What `kept` gave on an earlier visit; `host` is the branch that was in view. */
  readonly kept?: KeptBranches | undefined;
}

export interface ReplaceOptions {
  readonly lensMs?: number;
  readonly endMs?: number;
  /** Where to stand; the start by default. */
  readonly time?: Time;
  /** Leaves the present runs alive, to come back to. */
  readonly keep?: boolean;
  /** What `kept` gave on an earlier visit; the host is the branch that was in view. */
  readonly kept?: KeptBranches | undefined;
}

/** What is asked before acting in the past. The actions wait for the answer. */
export interface ForkQuestion {
  readonly time: Time;
  readonly actions: readonly Action[];
}

const w = words({ en: transport });

/**
 * The only bridge from runs to the screen: where in which run the person stands, what is seen there, what they do.
 * Shows at most one view a frame; details (marks, facts, inspectors) at most ten times a second. Times are
 * microseconds unless their name says otherwise. Nothing plays by itself.
 */
export class Player extends Playhead {
  /** Forks without asking. Set by the fork question's "remember". */
  rememberFork = $state(false);
  /** Another's run is on stage, to be looked at: nothing is undone in it, and nothing forked. */
  frozen = $state(false);

  private question = $state.raw<ForkQuestion | null>(null);
  private readonly watchPulse: () => void;

  constructor(options: PlayerOptions) {
    const { host, kept, cells = 12, rows = 12, ticker = pageTicker, create = createLocally } = options;
    let announce = () => {};
    const runs = new Runs(host, create, (number) => w.run(number), kept);
    const looking = new Looking(cells, rows, () => this.pump.refresh(this.here));
    super(runs, looking, new Details(ticker, () => announce()), options);
    this.watchPulse = createSubscriber((update) => {
      announce = update;
      return () => (announce = () => {});
    });
    this.setBookmarks(kept);
    void this.pump.alone(() => runs.takeStock());
    void this.pump.go(this.here);
  }

  get marks(): readonly Mark[] {
    return this.details.marks;
  }
  /** The facts behind `marks`, oldest first. */
  get markFacts(): readonly Fact[] {
    return this.details.markFacts;
  }
  get series(): readonly Series[] {
    return this.details.series;
  }
  /** The latest facts up to now, oldest first; older ones by `factsBetween`. */
  get facts(): readonly Fact[] {
    return this.details.facts;
  }
  /** By MessageId. */
  get bodies(): readonly Body[] {
    return this.details.bodies;
  }
  get branches(): readonly Branch[] {
    return this.runs.branches;
  }
  get currentBranch(): Branch {
    return this.runs.current;
  }
  /** The run on screen, for whoever wants to ask it more. */
  get host(): RunHost {
    return this.runs.current.host;
  }
  /** What was done in all branches, and the bookmarks, to be brought back another day. */
  get kept(): KeptBranches {
    const { runs, looking } = this;
    const bookmarks = looking.notes.filter(({ sign }) => sign === 'bookmark').map(({ time }) => time);
    return { branches: runs.kept, current: runs.current.id, undone: runs.undone, bookmarks };
  }
  get inputs(): readonly Input[] {
    return this.runs.current.inputs;
  }
  get canUndo(): boolean {
    return this.inputs.length > 0 && !this.frozen;
  }
  get canRedo(): boolean {
    return this.runs.undone.length > 0 && !this.frozen;
  }
  /** Branches that undo has left and redo goes back to. */
  get undone(): readonly number[] {
    return this.runs.undone;
  }
  get forkQuestion(): ForkQuestion | null {
    return this.question;
  }
  get selection(): Selection | null {
    return this.looking.selection;
  }
  /** The message whose journey is gone along. */
  get follow(): MessageId | null {
    return this.looking.follow;
  }
  set follow(message: MessageId | null) {
    this.looking.follow = message;
  }
  get notes(): readonly Note[] {
    return this.looking.notes;
  }
  get window(): Window {
    return this.looking.window;
  }
  /** Changes at most ten times a second while anything moves: read it in an effect that fetches details. */
  get pulse(): number {
    this.watchPulse();
    return this.details.count;
  }

  /** false: no mark lies ahead in what has been computed. */
  nextMark(count = 1): Promise<boolean> {
    return this.goToStop(stopAfter(this.stops, this.here, this.view.factCount, count));
  }
  previousMark(count = 1): Promise<boolean> {
    return this.goToStop(stopBefore(this.stops, this.here, count));
  }

  /**
   * Does something to the run, now; several actions are done together or not at all. At the frontier they are done.
   * In the past they need a fork: then `forkQuestion` is set and they wait for `answerFork`, unless the person said
   * to fork without asking.
   */
  async act(action: Action | readonly Action[]): Promise<'done' | 'needs-fork'> {
    const actions = Array.isArray(action) ? (action as readonly Action[]) : [action as Action];
    // Where the person stood, not where they have gone while this waited for its turn. Only time that goes by goes on.
    const { time: asked, playing } = this;
    const done = await this.pump.alone(async () => {
      const time = playing ? this.time : asked;
      if (time < (await this.host.frontier())) {
        if (!this.rememberFork) {
          this.question = { time, actions };
          this.send({ type: 'forkAsked' });
          return false;
        }
        await this.runs.fork(time);
      }
      for (const one of actions) await this.runs.act(one, time);
      return true;
    });
    if (done) await this.showAgain(this.time);
    return done ? 'done' : 'needs-fork';
  }

  /** Answers `forkQuestion`. Forking also does what waited for it. */
  async answerFork(answer: 'fork' | 'stay', remember = false): Promise<void> {
    const { question } = this;
    if (!question) return;
    this.question = null;
    if (answer === 'fork') {
      if (remember) this.rememberFork = true;
      await this.pump.alone(async () => {
        await this.runs.fork(question.time);
        for (const action of question.actions) await this.runs.act(action, question.time);
      });
      await this.showAgain(question.time);
    }
    this.send({ type: 'forkAnswered', room: this.hasRoom });
    this.run();
  }

  /** Opens a run that shares this one's past up to now. This one stays as a branch. */
  async forkHere(): Promise<void> {
    if (this.frozen) return;
    await this.pump.alone(() => this.runs.fork(this.time));
    await this.showAgain(this.time);
  }

  /** Shows another branch at the same time, or at its end where it is shorter. */
  async switchBranch(id: number): Promise<void> {
    if (id === this.currentBranch.id || !this.branches.some((branch) => branch.id === id)) return;
    this.pause();
    await this.pump.alone(() => this.runs.enter(id));
    await this.showAgain(Math.min(this.time, this.frontier));
  }

  /** Takes back the last input: opens a branch without it, at the time it was made. false: there is none. */
  async undo(): Promise<boolean> {
    if (this.frozen) return false;
    this.pause();
    const time = await this.pump.alone(() => this.runs.undo());
    if (time !== null) await this.showAgain(time);
    return time !== null;
  }

  /** Back to the branch that the last undo left. */
  async redo(): Promise<boolean> {
    if (this.frozen) return false;
    const { undone } = this.runs;
    const id = undone.at(-1);
    if (id === undefined) return false;
    await this.switchBranch(id);
    this.runs.undone = undone.slice(0, -1);
    return true;
  }

  /**
   * Shows another run, paused ("Reset", "Show me"). With `keep` the present runs stay alive, and the function returned
   * brings them back; without it they are disposed of and the function does nothing.
   */
  async replaceHost(host: RunHost, options: ReplaceOptions = {}): Promise<() => Promise<void>> {
    this.pause();
    const { runs, looking, lensMs, endMs, limit, time } = this;
    const branches = runs.branches;
    const comeBack = [branches, runs.current.id, runs.undone] as const;
    const notes = looking.notes;
    await this.pump.alone(async () => {
      if (!options.keep) runs.dispose();
      runs.startWith(host, options.kept);
      await runs.takeStock();
      this.lensMs = options.lensMs ?? lensMs;
      this.endMs = options.endMs ?? endMs;
      this.question = null;
      this.loop = null;
      this.limit = null;
      looking.forget();
      this.setBookmarks(options.kept);
    });
    await this.showAgain(options.time ?? 0);
    return async () => {
      if (!options.keep || runs.branches === branches) return;
      this.pause();
      await this.pump.alone(() => {
        runs.dispose();
        runs.bringBack(...comeBack);
        Object.assign(this, { lensMs, endMs, limit, loop: null });
        looking.forget();
        looking.notes = notes;
        return Promise.resolve();
      });
      await this.showAgain(time);
    };
  }

  select(selection: Selection | null): void {
    this.looking.select(selection);
  }
  /** What an inspector shows of one thing, now. Looking closer never lets a run go on: its future stays open. */
  inspect(target: Selection, page?: Page): Promise<Inspection> {
    return this.host.inspect(
      target.kind === 'message' ? { message: target.message } : target.address,
      this.fact === null ? Math.min(this.time, this.frontier) : { fact: this.fact },
      page,
    );
  }
  /** Facts by id, `to` exclusive. */
  factsBetween(from: FactId, to: FactId): Promise<readonly Fact[]> {
    return this.host.facts({ from, to });
  }

  addNote(note: Note): void {
    this.looking.addNote(note);
  }
  /** All notes of a sign, or the one at a time. */
  removeNotes(sign: Note['sign'], time?: Time): void {
    this.looking.removeNotes(sign, time);
  }
  /** Sets a bookmark here, or takes away the one that is here. */
  bookmark(): 'set' | 'removed' {
    const isSet = this.looking.hasNote('bookmark', this.time);
    if (isSet) this.removeNotes('bookmark', this.time);
    else this.addNote(bookmarkAt(this.time));
    return isSet ? 'removed' : 'set';
  }

  setCells(cells: number): void {
    if (cells !== this.window.cells) this.setWindow({ ...this.window, cells });
  }
  setRows(rows: number): void {
    if (rows !== this.window.rows) this.setWindow({ ...this.window, rows });
  }
  /** Shows the cells of a lane that end at `to`; null follows the log end. */
  setLaneEnd(address: Address, to: number | null): void {
    this.looking.setLaneEnd(address, to);
  }
  setWindow(window: Window): void {
    this.looking.setWindow(window);
  }

  /** Resolves when everything that was asked of the run so far has been done to it. */
  settled(): Promise<void> {
    return this.pump.alone(() => Promise.resolve());
  }

  /** Resolves when everything asked for is shown. */
  async idle(): Promise<void> {
    await this.pump.idle();
    await this.details.idle();
  }

  /** Stops for good. Its last view stays for as long as somebody looks. */
  dispose(): void {
    this.stop();
    this.runs.dispose();
  }

  private setBookmarks(kept: KeptBranches | undefined): void {
    for (const time of kept?.bookmarks ?? []) this.addNote(bookmarkAt(time));
  }

  private get stops(): readonly Stop[] {
    return stopsOf(this.marks, this.notes);
  }

  /** The run has changed under the person's feet: shows it again. */
  private async showAgain(time: Time): Promise<void> {
    this.details.invalidate();
    await this.goTo({ time, fact: null });
  }

  private async goToStop(stop: Stop | null): Promise<boolean> {
    if (!stop || stop.time > this.stopAt) return false;
    this.pause();
    if (stop.fact === null) await this.seek(stop.time);
    else await this.seekFact(stop.fact);
    return true;
  }
}

function bookmarkAt(time: Time): Note {
  return { time, sign: 'bookmark', label: w.bookmark };
}

/** In this page; the module is there already when a lesson runs. */
async function createLocally(recording: Recording): Promise<RunHost> {
  const { createLocalHost } = await import('../scenario/local-host');
  return createLocalHost(recording);
}
