/** Everything a person has here, to a file and from one. */
import { ArchiveError, archiveCharactersMax, type ArchiveProblem } from '../../storage/archive';
import type { ImportSummary, Storage } from '../../storage/types';

export async function exportToFile(storage: Storage): Promise<void> {
  const archive = await storage.exportEverything();
  const day = new Date(archive.savedAt).toISOString().slice(0, 10);
  const address = URL.createObjectURL(new Blob([JSON.stringify(archive)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `at-least-once-${day}.json`;
  link.click();
  // The browser has begun to read it by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(address));
}

/** What was imported, or why nothing was. */
export async function importFromFile(
  storage: Storage,
  file: File,
): Promise<ImportSummary | { readonly problem: ArchiveProblem }> {
  // A character takes at least one byte, at most four in UTF-8.
  if (file.size > archiveCharactersMax * 4) return { problem: 'tooBig' };
  try {
    return await storage.importEverything(await file.text());
  } catch (error) {
    if (error instanceof ArchiveError) return { problem: error.problem };
    throw error;
  }
}
