import type { Fact, FactId } from '../kernel/fact';
import type { Body, MessageId } from '../kernel/bodies';
import type { Address } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { FactFilter, Inspection, Mark, Page, RunHost, Series, View, Window } from './host';
import { AccountMeasures } from './account-measures';
import { CallMeasures } from './call-measures';
import { Inspector } from './inspect';
import type { Instant, Panel, Reading } from './panel';
import { Panels } from './panels';
import { Marks, Measures } from './measures';
import { loadRegistry, type Registry } from './registry';
import { Run } from './run';
import type { Action, Input, Recording } from './scenario';
import { viewOf } from './view';

const factsPerAnswerMax = 5000;

/** A run in this page (or in whatever thread this is called). Loads the brokers the scenario names. */
export async function createLocalHost(recording: Recording): Promise<LocalHost> {
  const registry = await loadRegistry(recording.scenario);
  return new LocalHost(new Run(recording, registry), registry);
}

/** RunHost over a Run in the same thread. */
export class LocalHost implements RunHost {
  private readonly run: Run;
  private readonly registry: Registry;
  private readonly measures: Measures;
  private readonly accounts = new AccountMeasures();
  private readonly calls = new CallMeasures();
  private readonly markList: Marks;
  private readonly panels: Panels;
  private readonly inspector: Inspector;

  constructor(run: Run, registry: Registry) {
    this.run = run;
    this.registry = registry;
    this.measures = new Measures();
    this.markList = new Marks();
    this.panels = new Panels(run.recording.scenario, (message) => run.world.bodies.get(message));
    this.inspector = new Inspector(run, registry);
  }

  frontier(): Promise<Time> {
    return Promise.resolve(this.run.frontier);
  }

  viewAt(time: Time, window: Window): Promise<View> {
    return this.answer(() => {
      this.run.seek(time);
      return this.view(window);
    });
  }

  viewAtFact(fact: FactId, window: Window): Promise<View> {
    return this.answer(() => {
      this.run.seekFact(fact);
      return this.view(window);
    });
  }

  inspect(
    target: Address | { readonly message: MessageId },
    at: Time | { readonly fact: FactId },
    page?: Page,
  ): Promise<Inspection> {
    return this.answer(() => {
      if (typeof at === 'number') this.run.seek(at);
      else this.run.seekFact(at.fact);
      return typeof target === 'string'
        ? this.inspector.inspect(target, page)
        : this.inspectMessage(target.message);
    });
  }

  act(action: Action, time: Time): Promise<void> {
    return this.answer(() => void this.run.act(action, time));
  }

  fork(time: Time): Promise<RunHost> {
    return this.answer(() => new LocalHost(this.run.fork(time), this.registry));
  }

  facts(filter: FactFilter): Promise<readonly Fact[]> {
    return this.answer(() => this.select(filter));
  }

  nextFact(after: FactId, until: Time): Promise<{ fact: FactId; time: Time } | null> {
    return this.answer(() => {
      const { trace, world } = this.run;
      const limit = Math.max(until, this.run.frontier);
      // nothing computed there yet: let the run go on to its next fact
      while (after + 1 >= trace.length && world.nextTime <= limit)
        this.run.seek(Math.max(world.nextTime, this.run.frontier));
      if (after + 1 >= trace.length) return null;
      const time = trace.timeOf(after + 1);
      return time <= until ? { fact: after + 1, time } : null;
    });
  }

  previousFact(before: FactId): Promise<{ fact: FactId; time: Time } | null> {
    return this.answer(() =>
      before > 0 ? { fact: before - 1, time: this.run.trace.timeOf(before - 1) } : null,
    );
  }

  marks(): Promise<readonly Mark[]> {
    return this.answer(() => this.markList.upTo(this.run.trace));
  }

  series(): Promise<readonly Series[]> {
    const { trace } = this.run;
    return this.answer(() => [this.measures, this.accounts, this.calls].flatMap((one) => one.upTo(trace)));
  }

  measure(panels: readonly Panel[], at: Instant): Promise<readonly Reading[]> {
    return this.answer(() => this.panels.read(panels, this.run.trace, at));
  }

  bodies(): Promise<readonly Body[]> {
    return this.answer(() => this.run.world.bodies.known());
  }

  recording(): Promise<Recording> {
    return Promise.resolve(this.run.recording);
  }

  inputs(): Promise<readonly Input[]> {
    return Promise.resolve(this.run.recording.inputs);
  }

  hash(end: Time): Promise<string> {
    return this.answer(() => this.run.hash(end));
  }

  dispose(): void {
    // nothing outside this object holds the run
  }

  private view(window: Window): View {
    return viewOf(this.run.world, this.run.recording.scenario, this.registry, window);
  }

  private inspectMessage(message: MessageId): Inspection {
    return {
      of: 'message',
      message,
      body: this.run.world.bodies.get(message),
      facts: this.select({ message }),
    };
  }

  private select({ from = 0, to, message, kinds, subject, limit = factsPerAnswerMax }: FactFilter): Fact[] {
    const { trace } = this.run;
    const found: Fact[] = [];
    for (let id = from; id < Math.min(to ?? trace.length, trace.length) && found.length < limit; id++) {
      if (message !== undefined && trace.messageOf(id) !== message) continue;
      if (kinds !== undefined && !kinds.includes(trace.kindOf(id))) continue;
      const fact = trace.fact(id);
      if (subject === undefined || fact.subject === subject) found.push(fact);
    }
    return found;
  }

  /** Answers come later even here, so that nobody comes to rely on a local run being quick; errors reject. */
  private answer<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => resolve(work()));
  }
}
