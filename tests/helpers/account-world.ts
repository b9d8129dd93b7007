/** One account kept twice, for tests: a teller, a row, a log, a desk where both are asked. */
import { createLocalHost, type LocalHost } from '../../src/scenario/local-host';
import type { Action, Scenario, ScheduledAction } from '../../src/scenario/scenario';
import type { Lane, Process, Question, Store } from '../../src/kernel/shape';
import { ms } from '../../src/kernel/time';
import type { Fact, FactKind } from '../../src/kernel/fact';

export interface SlipSpec {
  readonly account: string;
  readonly atMs: number;
  readonly amount: number;
  readonly fate?: 'lost' | 'twice';
  readonly heldMs?: number;
}

export const account = '7';
/** +500, −200, +700, a second apart, each as it comes or as `changed` says. */
export function threeSlips(changed: Readonly<Record<number, Partial<SlipSpec>>> = {}): SlipSpec[] {
  return [500, -200, 700].map((amount, index) => ({
    account,
    atMs: 1000 + index * 1000,
    amount,
    ...changed[index],
  }));
}

export function bank(
  slips: readonly SlipSpec[],
  { schedule = [], rule = true, gate = true }: { schedule?: readonly ScheduledAction[]; rule?: boolean; gate?: boolean } = {},
): Scenario {
  return {
    version: 1,
    name: 'bank',
    latencyMs: 8,
    links: [],
    brokers: [],
    services: [
      {
        name: 'teller',
        role: 'teller',
        restartAfterMs: 1000,
        parts: [{ kind: 'teller', options: { slips, keepers: 'account-row account-log', auditor: 'auditor' } }],
      },
      {
        name: 'account-row',
        role: 'row',
        restartAfterMs: 1000,
        parts: [{ kind: 'account-row', options: { overdraftRule: rule } }],
      },
      {
        name: 'account-log',
        role: 'log',
        restartAfterMs: 1000,
        parts: [
          { kind: 'event-store', options: { overdraftRule: rule, effects: 'effect-gateway' } },
          { kind: 'effect-gateway', options: { gate } },
        ],
      },
      {
        name: 'auditor',
        role: 'auditor',
        restartAfterMs: 1000,
        parts: [{ kind: 'audit-desk', options: { row: 'account-row', log: 'account-log' } }],
      },
    ],
    schedule,
    endMs: 20_000,
  };
} // prettier-ignore

export function does(name: string, target: string, options: Action['options']): Action {
  return { class: 'operation', name, target, options };
}

export async function open(scenario: Scenario, seed = 1): Promise<LocalHost> {
  return createLocalHost({ engine: 'test', scenario, seed, inputs: [] });
}

export interface Standing {
  /** By account: what the row holds. */
  readonly rows: Readonly<Record<string, number>>;
  /** By account: what the lines of the log add up to. */
  readonly logs: Readonly<Record<string, number>>;
  /** By account: "+500", "−200 refused". */
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly mails: Readonly<Record<string, { readonly sent: number; readonly held: number }>>;
  readonly questions: readonly Question[];
  readonly desk: Process['desk'];
}

/** What is kept when every slip has arrived. */
export async function standing(host: LocalHost, atMs = 15_000): Promise<Standing> {
  const { shapes } = await host.viewAt(ms(atMs), { cells: 100, lanes: {}, rows: 100 });
  const stores = shapes.filter((shape): shape is Store => shape.shape === 'store');
  const lanes = shapes.filter((shape): shape is Lane => shape.shape === 'lane');
  const rows = stores.find(({ address }) => address === 'account-row')?.rows ?? [];
  const mails = stores.find(({ address }) => address === 'account-log/mail')?.rows ?? [];
  const desk = shapes.find((shape): shape is Process => shape.shape === 'process' && shape.name === 'auditor')?.desk;
  return {
    rows: Object.fromEntries(rows.map(({ key, fields }) => [key, Number(fields['balance'])])),
    logs: Object.fromEntries(lanes.map(({ place, cells }) => [place, cells.at(-1)?.entry?.balance ?? 0])),
    lines: Object.fromEntries(
      lanes.map(({ place, cells }) => [
        place,
        cells.map(({ face, entry }) => face.label.slice(2) + (entry?.isRefused ? ' refused' : '')),
      ]),
    ),
    mails: Object.fromEntries(
      mails.map(({ key, fields }) => [key, { sent: Number(fields['sent']), held: Number(fields['held']) }]),
    ),
    questions: desk?.questions ?? [],
    desk,
  };
} // prettier-ignore

/** Facts of some kinds, in order. */
export async function factsOf(host: LocalHost, ...kinds: FactKind[]): Promise<readonly Fact[]> {
  return host.facts({ kinds });
}
