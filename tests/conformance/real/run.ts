/** Runs one scenario on real brokers with the real library, in real time. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConformanceScenario, Observed, RabbitmqVersion, Tools } from '../define';
import { Observations } from '../harness/normalise';
import type { Running } from './running';

const SCENARIO_MS = 600_000;
const UNTIL_MS = 30_000;
const CLOCK_SLACK_MS = 60_000;

/** What was seen, and with which library or libraries. */
export interface RealRun {
  readonly observed: Readonly<Record<string, Observed>>;
  readonly client: string;
}

/** Rejects when the scenario does, or takes longer than ten minutes. What it connected is disconnected again. */
export async function runReal(
  scenario: ConformanceScenario,
  version: RabbitmqVersion,
  running: Running,
): Promise<RealRun> {
  const from = Date.now();
  const names = new Map<string, string>();
  const observations = new Observations();
  const opened = running.open({ names });
  const limit = new AbortController();
  // Tools of other brokers are there for the types, and missing.
  const own: Partial<Tools> = {
    version,
    name: (base) => uniqueName(names, base),
    observe: (name, value) => observations.observe(name, value),
    sleep: (milliseconds) => sleep(milliseconds),
    until,
    now: () => Date.now() - from,
  };
  try {
    const late = sleep(SCENARIO_MS, undefined, { signal: limit.signal }).then(() => {
      throw new Error(`${scenario.id} took longer than ${SCENARIO_MS / 1000} s.`);
    });
    late.catch(() => undefined);
    await Promise.race([scenario.run({ ...opened.tools, ...own } as Tools), late]);
    const clock = { from: from - CLOCK_SLACK_MS, to: Date.now() + CLOCK_SLACK_MS };
    return { observed: observations.normalised({ names, clock }), client: opened.client() };
  } finally {
    limit.abort();
    await opened.close();
  }
}

/** Two names of one base stay two: the second is "orders-2" in what is observed. */
function uniqueName(names: Map<string, string>, base: string): string {
  const unique = `${base}-${randomBytes(5).toString('hex')}`;
  const count = [...names.values()].filter((known) => known.replace(/-\d+$/, '') === base).length;
  names.set(unique, count === 0 ? base : `${base}-${count + 1}`);
  return unique;
}

async function until(holds: () => boolean | Promise<boolean>, timeoutMs = UNTIL_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`until: it did not hold within ${timeoutMs} ms: ${String(holds)}`);
    await sleep(20);
  }
}
