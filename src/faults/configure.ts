/** Faults that are the value of an option: set it, say so, and set it back when their time is over. */
import type { FactType } from '../kernel/fact';
import { ms } from '../kernel/time';
import type { Fault, World } from '../kernel/world';

/** Part that answers requests, unless the fault names another. */
const usualPart = 'http-server';
/** A share is told in tenths of a per mille: facts have whole numbers. */
const parts = 10_000;

interface Setting {
  /** Name of the fault, to end it by. */
  readonly fault: string;
  /** Option of the part, and the fault's option that gives it. */
  readonly option: string;
  readonly given: string;
  readonly facts: { readonly on: FactType; readonly off: FactType };
}

export function configureFor(
  world: World,
  target: string,
  options: Parameters<Fault['apply']>[2],
  { fault, option, given, facts }: Setting,
): void {
  const part = typeof options['part'] === 'string' ? options['part'] : usualPart;
  const address = `${target}/${part}`;
  if (!world.has(address)) return;
  const share = Math.min(1, Math.max(0, shareIn(options, given)));
  world.emit({ is: share === 0 ? facts.off : facts.on, subject: target, amount: Math.round(share * parts) });
  world.configure(address, { [option]: share });
  if (typeof options['forMs'] !== 'number') return;
  const usual = typeof options['then'] === 'number' ? options['then'] : 0;
  world.later(ms(options['forMs']), { name: fault, target, options: { part, [given]: usual } });
}

/** As a share, or, as people turn knobs, in per cent. */
function shareIn(options: Parameters<Fault['apply']>[2], given: string): number {
  if (typeof options['percent'] === 'number') return options['percent'] / 100;
  return typeof options[given] === 'number' ? options[given] : 0;
}
