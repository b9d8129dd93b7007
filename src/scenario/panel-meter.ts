import type { Setting } from '../judge/fold';
import { storedMatcher } from '../judge/stored';
import type { Fact, FactId, FactKind } from '../kernel/fact';
import type { Instant, MeterPanel, MeterReading, PanelFold } from './panel';
import { countBelow, kindsOf } from './panel-spans';

/** Counts messages that came out well among those that have been decided, and who was down when one did not. */
export class MeterFold implements PanelFold {
  readonly kinds: ReadonlySet<FactKind> | null;
  private readonly panel: MeterPanel;
  private readonly isGood: (fact: Fact) => boolean;
  private readonly decides: (fact: Fact) => boolean;
  /** Processes that are down, with their roles. */
  private readonly down = new Map<string, string>();
  private readonly setting: Setting;
  private readonly known = new Map<number, 'good' | 'bad'>();
  private readonly decidedBy: FactId[] = [];
  private readonly goodBy: FactId[] = [];
  /** By the one service that was down; '' for none or several. */
  private readonly badBy = new Map<string, FactId[]>();

  constructor(panel: MeterPanel, setting: Setting) {
    this.panel = panel;
    this.setting = setting;
    this.isGood = storedMatcher(panel.good, setting);
    this.decides = storedMatcher(panel.among, setting);
    const kinds = kindsOf([panel.good, panel.among]);
    this.kinds = kinds && new Set([...kinds, 'crashed', 'restarted']);
  }

  see(fact: Fact): void {
    if (fact.kind === 'crashed') this.down.set(fact.subject, this.setting.roleOf(fact.subject));
    if (fact.kind === 'restarted') this.down.delete(fact.subject);
    if (fact.message < 0 || this.known.has(fact.message)) return;
    const good = this.isGood(fact);
    if (!good && !this.decides(fact)) return;
    this.known.set(fact.message, good ? 'good' : 'bad');
    this.decidedBy.push(fact.id);
    if (good) this.goodBy.push(fact.id);
    else this.blame(fact.id);
  }

  read({ factCount }: Instant): MeterReading {
    const badWhileDown = [...this.badBy]
      .map(([process, facts]) => ({ process, count: countBelow(facts, factCount) }))
      .filter(({ process, count }) => process !== '' && count > 0)
      .sort((a, b) => b.count - a.count);
    return {
      kind: 'meter',
      id: this.panel.id,
      side: this.panel.side ?? null,
      decided: countBelow(this.decidedBy, factCount),
      good: countBelow(this.goodBy, factCount),
      badWhileDown,
    };
  }

  private blame(fact: FactId): void {
    // Two processes of one role are one service in two designs.
    const [process = ''] = new Set(this.down.values()).size === 1 ? this.down.keys() : [];
    const facts = this.badBy.get(process);
    if (facts) facts.push(fact);
    else this.badBy.set(process, [fact]);
  }
}
