/** Files for the person to keep. */
import type { Storage } from '../../storage/types';

/** Everything a person has here. */
export async function exportToFile(storage: Storage): Promise<void> {
  const archive = await storage.exportEverything();
  const day = new Date(archive.savedAt).toISOString().slice(0, 10);
  saveFile(`at-least-once-${day}.json`, JSON.stringify(archive));
}

export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(address));
}
