import type { Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';
import type { Action, Recording } from '../../scenario/scenario';
import { withoutLastInput, type KeptBranch, type KeptBranches, type LiveBranch } from './branches';

/** The runs of one player: branches of one past, one of them on screen. Nothing a person did is ever destroyed. */
export class Runs {
  branches = $state.raw<readonly LiveBranch[]>([]);
  /** Branches that undo has left, latest last. */
  undone = $state.raw<readonly number[]>([]);
  private currentId = $state.raw(1);

  private readonly create: (recording: Recording) => Promise<RunHost>;
  private readonly nameOf: (number: number) => string;

  constructor(
    host: RunHost,
    create: (recording: Recording) => Promise<RunHost>,
    nameOf: (number: number) => string,
    kept?: KeptBranches,
  ) {
    this.create = create;
    this.nameOf = nameOf;
    this.startWith(host, kept);
  }

  get current(): LiveBranch & { readonly host: RunHost } {
    const branch = this.branches.find(({ id }) => id === this.currentId)!;
    // Whoever goes to a branch wakes it first.
    return branch as LiveBranch & { readonly host: RunHost };
  }

  /** What was done in each branch. */
  get kept(): readonly KeptBranch[] {
    return this.branches.map(({ id, forkedAt, parent, reach, inputs }) => ({
      id,
      forkedAt,
      parent,
      reach,
      inputs,
    }));
  }

  /** Forgets all branches for one new run, or for those kept earlier, of which `host` is the one in view. */
  startWith(host: RunHost, kept?: KeptBranches): void {
    this.branches = [];
    this.undone = [];
    if (!kept) return this.add(host, null, null);
    this.branches = kept.branches.map((branch) => ({
      ...branch,
      name: this.nameOf(branch.id),
      host: branch.id === kept.current ? host : null,
    }));
    this.currentId = kept.current;
    this.undone = kept.undone;
  }

  /** Disposes of every run; the branches are not to be used any more. */
  dispose(): void {
    for (const { host } of this.branches) host?.dispose();
  }

  /** Back to branches that `startWith` forgot. */
  bringBack(branches: readonly LiveBranch[], id: number, undone: readonly number[]): void {
    this.branches = branches;
    this.currentId = id;
    this.undone = undone;
  }

  /** A branch that was kept is built anew, as far as it had come. */
  async enter(id: number): Promise<void> {
    const branch = this.branches.find((one) => one.id === id);
    if (!branch) return;
    if (!branch.host) {
      const host = await this.create({ ...(await this.current.host.recording()), inputs: branch.inputs });
      await catchUp(host, branch.reach);
      this.change({ host }, id);
    }
    this.currentId = id;
  }

  /** The current run has been computed up to `time`. */
  reached(time: Time): void {
    if (time > this.current.reach) this.change({ reach: time });
  }

  async fork(time: Time): Promise<void> {
    const { id, host, inputs } = this.current;
    this.add(await host.fork(time), time, id);
    this.change({ inputs: inputs.filter((input) => input.time <= time) });
  }

  async act(action: Action, time: Time): Promise<void> {
    const { host } = this.current;
    await host.act(action, time);
    this.reached(time);
    this.change({ inputs: await host.inputs() });
    this.forgetSteps();
  }

  /**
   * What was undone is a run of its own from now on. The steps in between are beginnings of it, which nobody needs to go
   * back to.
   */
  private forgetSteps(): void {
    const [whole, ...steps] = this.undone;
    this.undone = [];
    if (steps.length === 0) return;
    for (const { id, host } of this.branches) if (steps.includes(id)) host?.dispose();
    this.branches = this.branches
      .filter(({ id }) => !steps.includes(id))
      .map((branch) =>
        branch.parent !== null && steps.includes(branch.parent) ? { ...branch, parent: whole } : branch,
      );
  }

  /** Opens a branch without the last input. The time it was made at; null when there is none. */
  async undo(): Promise<Time | null> {
    const { id, host, inputs } = this.current;
    if (inputs.length === 0) return null;
    const rest = inputs.slice(0, -1);
    const shorter = (await withoutLastInput(host)) ?? {
      host: await this.create({ ...(await host.recording()), inputs: rest }),
      time: 0,
    };
    this.add(shorter.host, shorter.time, id);
    this.change({ inputs: rest });
    this.undone = [...this.undone, id];
    return shorter.time;
  }

  /** What a run that was handed in has behind it already; one that was kept comes as far again as it had. */
  async takeStock(): Promise<void> {
    const { id, host, reach: before } = this.current;
    await catchUp(host, before);
    const [reach, inputs] = await Promise.all([host.frontier(), host.inputs()]);
    if (this.branches.some((branch) => branch.host === host)) this.change({ reach, inputs }, id);
  }

  private add(host: RunHost, forkedAt: Time | null, parent: number | null): void {
    const id = 1 + Math.max(0, ...this.branches.map((branch) => branch.id));
    const branch = { id, name: this.nameOf(id), forkedAt, parent, reach: forkedAt ?? 0, host, inputs: [] };
    this.branches = [...this.branches, branch];
    this.currentId = id;
  }

  private change(part: Partial<LiveBranch>, of = this.currentId): void {
    this.branches = this.branches.map((branch) => (branch.id === of ? { ...branch, ...part } : branch));
  }
}

/** Runs on to `reach`: acting before it forks, as it did when the run was kept. */
async function catchUp(host: RunHost, reach: Time): Promise<void> {
  if (reach > (await host.frontier())) await host.viewAt(reach, { cells: 0, lanes: {}, rows: 0 });
}
