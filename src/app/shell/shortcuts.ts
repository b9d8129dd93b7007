/** Shortcuts that work on every page. The help dialog is made from this same table. */
import { places, to, type Place } from './navigation';

export interface Shortcut {
  /** KeyboardEvent.code, so that Alt does not change it into another letter (macOS). */
  readonly code: string;
  readonly keys: readonly string[];
  readonly goes: Place | 'settings';
}

/** experience.md 2.11: Alt with 1 to 4. */
export const shortcuts: readonly Shortcut[] = (['learn', 'lab', 'present', 'settings'] as const).map(
  (goes, index) => ({
    code: `Digit${index + 1}`,
    keys: ['Alt', String(index + 1)],
    goes,
  }),
);

/** What a key press asks for; null for none of ours. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): Shortcut | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  return shortcuts.find((shortcut) => shortcut.code === event.code) ?? null;
}

/** Address of a shortcut that goes to a place; null for one that opens a dialog. */
export function addressOf(shortcut: Shortcut): string | null {
  const place = places.find((one) => one === shortcut.goes);
  return place ? to.place(place) : null;
}
