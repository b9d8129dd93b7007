/**
 * Measures panels: one pass over history, kept up as it grows. What is read for an instant is a prefix of what was
 * measured, so going back costs as little as going on.
 */
import type { Setting } from '../judge/fold';
import type { FactId } from '../kernel/fact';
import type { Trace } from '../kernel/trace';
import { BacklogFold } from './panel-backlog';
import { MeterFold } from './panel-meter';
import { SpanFold, histogramOf } from './panel-spans';
import type { HistogramPanel, Instant, Panel, PanelFold, Reading } from './panel';
import type { Scenario } from './scenario';

export class Panels {
  private readonly folds = new Map<string, { readonly fold: PanelFold; done: FactId }>();
  private readonly setting: Setting;
  private readonly scenario: Scenario;

  constructor(scenario: Scenario, bodyOf: Setting['bodyOf']) {
    const roles = new Map(scenario.services.map(({ name, role }) => [name, role]));
    this.setting = { roleOf: (process) => roles.get(process) ?? '', bodyOf };
    this.scenario = scenario;
  }

  /** Readings in the order of `panels`. */
  read(panels: readonly Panel[], trace: Trace, at: Instant): Reading[] {
    return panels.map((panel) => {
      const key = JSON.stringify(panel);
      let known = this.folds.get(key);
      if (!known) this.folds.set(key, (known = { fold: this.foldOf(panel), done: 0 }));
      const { fold } = known;
      const end = Math.min(at.factCount, trace.length);
      for (; known.done < end; known.done++) {
        if (!fold.kinds || fold.kinds.has(trace.kindOf(known.done))) fold.see(trace.fact(known.done));
      }
      return fold.read(at);
    });
  }

  private foldOf(panel: Panel): PanelFold {
    if (panel.kind === 'meter') return new MeterFold(panel, this.setting);
    if (panel.kind === 'backlog') return new BacklogFold(panel, this.scenario);
    return histogramFold(panel, this.setting);
  }
}

function histogramFold(panel: HistogramPanel, setting: Setting): PanelFold {
  const spans = [panel.of, ...(panel.after ? [panel.after] : [])].map(
    (source) => new SpanFold(source, setting),
  );
  return {
    kinds: spans.some(({ kinds }) => kinds === null)
      ? null
      : new Set(spans.flatMap(({ kinds }) => [...kinds!])),
    see: (fact) => spans.forEach((span) => span.see(fact)),
    read: ({ factCount }) => histogramOf(panel, spans.map((span) => span.sortedAt(factCount))), // prettier-ignore
  };
}
