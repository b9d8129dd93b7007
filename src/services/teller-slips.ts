/** What a teller has before them: slips, when each is written, and how each fares on its way. */
import { BadOption, optionReader, readOnce, type GivenOptions } from '../kernel/options';
import type { OptionSpec } from '../kernel/part';
import type { Random } from '../kernel/random';
import { ms, type Time } from '../kernel/time';
import { mishaps } from './account-book';

/** How a slip fares: it arrives, gets lost, is handed in twice, or is held up (see `heldFor`). */
export const fates = ['arrives', 'lost', 'twice'] as const;
export type Fate = (typeof fates)[number];

export interface Slip {
  readonly account: string;
  readonly at: Time;
  /** Whole dollars; negative for a withdrawal. */
  readonly amount: number;
  readonly fate: Fate;
  readonly heldFor: Time;
}

export interface TellerSetup {
  readonly slips: readonly Slip[];
  readonly keepers: readonly string[];
  readonly auditor: string;
}

export const tellerOptions: readonly OptionSpec[] = [
  text('slips', 'what is written: account, atMs, amount, and perhaps fate (lost, twice) or heldMs'),
  text('keepers', 'processes that are sent every slip'),
  text('auditor', 'process that is sent the counterfoils; empty for none'),
];

/** Scenario → teller. Throws BadOption. */
export const readTeller = readOnce((given: GivenOptions): TellerSetup => {
  const { slips = [], ...words } = given;
  const read = optionReader(tellerOptions, words);
  if (!Array.isArray(slips)) throw new BadOption('Option "slips" is a list.');
  return {
    slips: (slips as unknown[]).map(readSlip).sort((a, b) => a.at - b.at),
    keepers: read.list('keepers'),
    auditor: read.string('auditor'),
  };
});

function readSlip(given: unknown): Slip {
  const { account, atMs, amount, fate = 'arrives', heldMs = 0 } = given as Record<string, unknown>;
  if (typeof account !== 'string' || account === '') throw new BadOption('A slip names its account.');
  if (typeof atMs !== 'number' || !(atMs >= 0) || typeof heldMs !== 'number' || !(heldMs >= 0))
    throw new BadOption('A slip has a time "atMs", and perhaps "heldMs", in milliseconds.');
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount === 0)
    throw new BadOption('A slip has an "amount" in whole dollars, and not 0.');
  if (!(fates as readonly unknown[]).includes(fate))
    throw new BadOption(`A slip's fate is one of ${fates.join(', ')}, not ${String(fate)}.`);
  return { account, at: ms(atMs), amount, fate: fate as Fate, heldFor: ms(heldMs) };
}

const second = ms(1000);

/**
 * The two cases of a wrong balance: the same three slips for each account, written from `now` on, and chance says which
 * account loses its withdrawal and whose first deposit is held up until after it.
 */
export function drawCases(accounts: readonly string[], now: Time, random: Random): Slip[] {
  const first = random.below(mishaps.length);
  return accounts
    .flatMap((account, index) => {
      const mishap = mishaps[(first + index) % mishaps.length];
      // not at the same instant, so that each can be seen
      const start = now + index * (second / 2);
      const slip = (after: number, amount: number, more: Partial<Slip> = {}): Slip => ({
        account,
        at: start + after * second,
        amount,
        fate: 'arrives',
        heldFor: 0,
        ...more,
      });
      return [
        slip(1, 500, mishap === 'refused' ? { heldFor: 4 * second } : {}),
        slip(3, -200, mishap === 'lost' ? { fate: 'lost' } : {}),
        slip(6, 700),
      ];
    })
    .sort((a, b) => a.at - b.at);
}

function text(name: string, source: string): OptionSpec {
  return { name, type: 'string', default: '', unit: '', source, takes: 'restart' };
}
