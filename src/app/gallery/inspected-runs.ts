/** The runs that the gallery's inspectors look into. */
import type { RunHost, View } from '../../scenario/host';
import { createLocalHost } from '../../scenario/local-host';
import { changingHands, shared, transacted } from '../../stage/fixtures-kafka';
import { recordingOf, type Condition } from './inspected';
import { stillHost } from './still';

const stills: Readonly<Partial<Record<Condition, () => View>>> = {
  transacted,
  shared,
  reconciling: () => changingHands('consumer'),
};

/** The run that shows a condition, and how long it may last. */
export async function runOf(condition: Condition): Promise<{ host: RunHost; endMs: number }> {
  const still = stills[condition]?.();
  if (still) return { host: stillHost(still), endMs: still.time / 1000 };
  const recording = recordingOf(condition);
  return { host: await createLocalHost(recording), endMs: recording.scenario.endMs };
}
