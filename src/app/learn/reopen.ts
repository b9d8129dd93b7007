/** Brings a run of a lesson back on stage. */
import type { RunStart } from '../../course/runs';
import type { RunHost } from '../../scenario/host';
import type { KeptRun, RunKey } from './kept-runs';
import type { SessionParts } from './parts';

export interface Reopened {
  readonly host: RunHost;
  /** As it was left; undefined: it begins. */
  readonly kept: KeptRun | undefined;
  /** What was left could not be built any more (a damaged disk, a file from elsewhere) and stands among the kept runs. */
  readonly isSetAside: boolean;
}

/** The run as it was left, else from its start. Rejects only when the lesson's own run cannot be built. */
export async function reopen(
  { createHost, storage, lesson, now }: SessionParts,
  run: RunKey,
  runs: Map<RunKey, KeptRun>,
  start: RunStart,
): Promise<Reopened> {
  const kept = runs.get(run);
  if (!kept) return { host: await createHost(start.recording), kept, isSetAside: false };
  try {
    return { host: await createHost(kept.recording), kept, isSetAside: false };
  } catch (error) {
    console.error(error);
    const { recording, time } = kept;
    const savedAt = now();
    const id = `${lesson.slug}/${run}/at ${savedAt}`;
    await storage.saveRecording({ id, name: lesson.slug, savedAt, recording, time }).catch(console.error);
    runs.delete(run);
    return { host: await createHost(start.recording), kept: undefined, isSetAside: true };
  }
}
