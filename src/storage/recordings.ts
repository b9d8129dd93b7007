import type { SavedRecording } from './types';

/** How much is kept apart from lessons. Stated in the settings dialog; beyond it the person is asked what to clear. */
export const recordingsMax = 100;
export const recordingCharactersMax = 20_000_000;

/** There is no room for one more. `oldest` is what would have to go, oldest first: ask, then delete these and save again. */
export class RecordingsFull extends Error {
  override readonly name = 'RecordingsFull';
  constructor(readonly oldest: readonly SavedRecording[]) {
    super(`No room for another recording: ${oldest.length} of the oldest would have to go.`);
  }
}

/**
 * Which of the kept recordings would have to go, oldest first, so that `next` fits; empty when it fits as it is. One with
 * the id of `next` is replaced and does not count. null: `next` is too big even alone.
 */
export function roomFor(
  next: SavedRecording,
  kept: readonly SavedRecording[],
  limits = { count: recordingsMax, characters: recordingCharactersMax },
): readonly SavedRecording[] | null {
  const oldestFirst = kept.filter((one) => one.id !== next.id).sort((a, b) => a.savedAt - b.savedAt);
  const freed = oldestFirst.map(sizeOf);
  let count = oldestFirst.length + 1;
  let characters = freed.reduce((sum, size) => sum + size, sizeOf(next));
  let cleared = 0;
  while (count > limits.count || characters > limits.characters) {
    if (cleared === oldestFirst.length) return null;
    characters -= freed[cleared];
    count -= 1;
    cleared += 1;
  }
  return oldestFirst.slice(0, cleared);
}

const sizes = new WeakMap<SavedRecording, number>();

/** Its length as JSON, in UTF-16 code units: near enough to bytes for a limit of ours. Rows are never changed. */
function sizeOf(recording: SavedRecording): number {
  const size = sizes.get(recording) ?? JSON.stringify(recording).length;
  sizes.set(recording, size);
  return size;
}
