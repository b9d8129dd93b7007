/**
 * The keyboard map of stage and transport (experience.md 2.11) as one table: it makes the handlers and the help. Single
 * characters work only where a handler is attached (stage, transport), never in a field, and can be switched off.
 */
export type KeyAction =
  | 'toggle'
  | 'step'
  | 'stepBack'
  | 'nextMark'
  | 'previousMark'
  | 'tenMarksOn'
  | 'tenMarksBack'
  | 'home'
  | 'end'
  | 'slower'
  | 'faster'
  | 'follow'
  | 'inspector'
  | 'nextView'
  | 'knobs'
  | 'goTo'
  | 'bookmark'
  | 'fork'
  | 'undo'
  | 'redo'
  | 'confirm'
  | 'reset'
  | 'hint'
  | 'answer'
  | 'help';

export interface KeyBinding {
  readonly action: KeyAction;
  /** As printed in the help: ['Ctrl', 'Z']. */
  readonly keys: readonly string[];
  /** KeyboardEvent.key, as typed without modifiers. */
  readonly key: string | readonly string[];
  /** Ctrl, or ⌘ on a Mac. */
  readonly command?: true;
  /** null: either way, since some keyboards need Shift for the character. */
  readonly shift?: boolean | null;
  /** A single printable character: works only where it cannot be meant as text (WCAG 2.1.4). */
  readonly character?: true;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export const keyBindings: readonly KeyBinding[] = [
  { action: 'toggle', keys: ['Space'], key: ' ' },
  { action: 'step', keys: ['.'], key: '.', character: true, shift: null },
  { action: 'stepBack', keys: [','], key: ',', character: true, shift: null },
  { action: 'nextMark', keys: [']'], key: ']', character: true, shift: null },
  { action: 'previousMark', keys: ['['], key: '[', character: true, shift: null },
  { action: 'tenMarksOn', keys: ['Page Down'], key: 'PageDown' },
  { action: 'tenMarksBack', keys: ['Page Up'], key: 'PageUp' },
  { action: 'home', keys: ['Home'], key: 'Home' },
  { action: 'end', keys: ['End'], key: 'End' },
  { action: 'slower', keys: ['−'], key: ['-', '_'], character: true, shift: null },
  { action: 'faster', keys: ['+'], key: ['+', '='], character: true, shift: null },
  { action: 'goTo', keys: ['G'], key: 'g', character: true },
  { action: 'bookmark', keys: ['B'], key: 'b', character: true },
  { action: 'follow', keys: ['F'], key: 'f', character: true },
  { action: 'fork', keys: ['Shift', 'F'], key: 'f', shift: true, character: true },
  { action: 'undo', keys: ['Ctrl', 'Z'], key: 'z', command: true },
  { action: 'redo', keys: ['Ctrl', 'Shift', 'Z'], key: 'z', command: true, shift: true },
  { action: 'inspector', keys: ['I'], key: 'i', character: true },
  { action: 'nextView', keys: ['T'], key: 't', character: true },
  { action: 'knobs', keys: ['K'], key: 'k', character: true },
  { action: 'answer', keys: ['1', '…', '9'], key: digits, character: true },
  { action: 'confirm', keys: ['Ctrl', 'Enter'], key: 'Enter', command: true },
  { action: 'hint', keys: ['H'], key: 'h', character: true },
  { action: 'reset', keys: ['R'], key: 'r', character: true },
  { action: 'help', keys: ['?'], key: '?', character: true, shift: null },
];

/** What a page does for each action; actions it does not have are left out, in the help too. `answer` gets 1 to 9. */
export type KeyHandlers = Partial<Record<KeyAction, (digit: number) => void>>;

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The binding that a key press means; null when it means none of ours. */
export function bindingOf(pressed: Pressed, characterKeys: boolean): KeyBinding | null {
  if (pressed.altKey) return null;
  const command = pressed.ctrlKey || pressed.metaKey;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  return (
    keyBindings.find(
      (binding) =>
        (binding.command ?? false) === command &&
        (binding.shift === null || (binding.shift ?? false) === pressed.shiftKey) &&
        (binding.character === undefined || characterKeys) &&
        (typeof binding.key === 'string' ? binding.key === key : binding.key.includes(key)),
    ) ?? null
  );
}

/**
 * A keydown handler for the element that holds stage and transport. Leaves alone what somebody has dealt with, what is
 * typed into a field, and Space and Enter on what they press by themselves.
 */
export function keyHandler(
  handlers: () => KeyHandlers,
  characterKeys: () => boolean,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || event.isComposing || isField(event.target)) return;
    if (event.key === ' ' && isPressable(event.target)) return;
    if (movesRange(event)) return;
    const binding = bindingOf(event, characterKeys());
    const handler = binding && handlers()[binding.action];
    if (!handler) return;
    event.preventDefault();
    handler(Number(event.key) || 0);
  };
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('textarea, select, [contenteditable]:not([contenteditable="false"])')) return true;
  const input = target.closest('input');
  return input !== null && !['checkbox', 'radio', 'button', 'range'].includes(input.type);
}

/** A slider's own keys belong to it. */
function movesRange({ key, target }: KeyboardEvent): boolean {
  const keys = ['Home', 'End', 'PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
  return target instanceof HTMLInputElement && target.type === 'range' && keys.includes(key);
}

function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('button, a[href], input, summary, [role="button"]') !== null
  );
}
