/** Everything a person has as one plain object, and what another such object would add to it. */
import { archiveFormat, versionOf } from '../scenario/migrate';
import { progressOf, type Contents, type MarkTimes } from './contents';
import { asRecording, joined, sameData } from './join';
import { roomFor } from './recordings';
import type { Archive, Attempt, SavedRecording } from './types';

export function toArchive(contents: Contents, savedAt: number): Archive {
  return {
    product: 'at-least-once',
    version: versionOf(archiveFormat),
    savedAt,
    progress: progressOf(contents),
    recordings: [...contents.recordings.values()],
    settings: contents.settings,
  };
}

/** What an archive adds to what is here. */
export interface Additions {
  readonly contents: Contents;
  /** Lessons to which the archive has nothing to add. */
  readonly stays: number;
  /** Runs that find no room. */
  readonly left: number;
}

/**
 * All of the archive that is not here yet. In a lesson the newer attempt says where a person stands; what the older one
 * holds beside it is joined to it, and runs that have no place there are kept for themselves.
 */
export function additions(archive: Archive, here: Contents): Additions {
  const attempts = new Map<string, Attempt>();
  const marks = new Map<string, MarkTimes>();
  const displaced: SavedRecording[] = [];
  let stays = 0;
  for (const { slug, attempt, marks: theirs } of archive.progress) {
    const known = here.attempts.get(slug) ?? null;
    const both = attempt && known ? joined(attempt, known) : null;
    const now = both?.attempt ?? attempt;
    const isNew = now !== null && !sameData(now, known);
    if (now && isNew) attempts.set(slug, now);
    const older = attempt && known && known.changedAt > attempt.changedAt ? attempt : known;
    for (const run of both?.displaced ?? [])
      displaced.push(asRecording(slug, run, `at ${older!.changedAt}`, older!.changedAt, older!.time));
    const earned = addedMarks(theirs, here.marks.get(slug) ?? {});
    if (Object.keys(earned).length > 0) marks.set(slug, earned);
    else if (!isNew) stays += 1;
  }
  const recordings = new Map<string, SavedRecording>();
  const kept = new Map(here.recordings);
  let left = 0;
  for (const recording of [...archive.recordings, ...displaced].sort((a, b) => b.savedAt - a.savedAt)) {
    const known = here.recordings.get(recording.id);
    if (known && known.savedAt >= recording.savedAt) continue;
    if (roomFor(recording, [...kept.values()])?.length !== 0) {
      left += 1;
      continue;
    }
    kept.set(recording.id, recording);
    recordings.set(recording.id, recording);
  }
  return { contents: { attempts, marks, recordings, settings: newSettings(archive, here) }, stays, left };
}

/** Marks that are not here yet, or were earned earlier than is known here. */
function addedMarks(theirs: MarkTimes, ours: MarkTimes): MarkTimes {
  return Object.fromEntries(
    Object.entries(theirs).filter(([mark, at]) => !Object.hasOwn(ours, mark) || at < ours[mark]),
  );
}

function newSettings({ settings }: Archive, here: Contents): Archive['settings'] {
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => !sameData(here.settings[name], value)),
  );
}
