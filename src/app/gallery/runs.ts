/** Real runs whose instants the gallery puts beside each other. */
import type { Fact } from '../../kernel/fact';
import { engine } from '../../scenario/engine';
import { isInternal } from '../../scenario/host';
import type { Recording } from '../../scenario/scenario';
import { failoverRun } from './failover-run';
import { fanRun, lockRun, rejectedRun, timeoutRun } from './queue-runs';
import { rebalanceRun } from './rebalance-run';
import { shareRun } from './share-run';
import type { Instant, StripRun } from './strip-run';

const runs = {
  acksOne: failoverRun(1),
  acksAll: failoverRun(-1),
  eager: rebalanceRun('eager'),
  cooperative: rebalanceRun('cooperative'),
  consumer: rebalanceRun('consumer'),
  share: shareRun(),
  rejected: rejectedRun(),
  timeout: timeoutRun(),
  lock: lockRun(),
  fan: fanRun(),
} as const satisfies Readonly<Record<string, StripRun>>;

export type StripName = keyof typeof runs;
/** By the part of the gallery they belong to. */
export const strips = {
  kafka: ['acksOne', 'acksAll', 'eager', 'cooperative', 'consumer', 'share'],
  rabbitmq: ['rejected'],
  aws: ['timeout', 'lock', 'fan'],
} as const satisfies Readonly<Record<string, readonly StripName[]>>;

export function instantsOf(name: StripName): readonly Instant[] {
  return runs[name].instants;
}

/** The newest of what a strip tells, oldest first. */
export function toldIn(facts: readonly Fact[], name: StripName): readonly Fact[] {
  return facts.filter((fact) => runs[name].told.includes(fact.type) && !isInternal(fact)).slice(-8);
}

export function stripRecording(name: StripName): Recording {
  const { scenario, inputs } = runs[name];
  const timed = inputs.map(({ atMs, action }, order) => ({ time: atMs * 1000, order, action }));
  return { engine, scenario, seed: 60, inputs: timed };
}
