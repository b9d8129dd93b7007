import type { MessageId } from '../../kernel/bodies';
import type { FactId } from '../../kernel/fact';
import type { Address } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import type { Window } from '../../scenario/host';
import { sameSelection, type Selection } from '../../stage/selection';

/** A sign a person or a lesson puts on the time axis, besides the run's own marks. */
export interface Note {
  readonly time: Time;
  readonly sign: 'bookmark' | 'check' | 'violation';
  readonly label: string;
  /** The fact it is about: clicking it goes there. */
  readonly fact?: FactId;
}

/** What the person looks at, and what they wrote on the axis. No part of the run. */
export class Looking {
  selection = $state.raw<Selection | null>(null);
  /** The message whose journey is gone along. */
  follow = $state.raw<MessageId | null>(null);
  notes = $state.raw<readonly Note[]>([]);
  window = $state.raw<Window>({ cells: 12, lanes: {}, rows: 12 });

  private readonly onWindow: () => void;

  constructor(cells: number, rows: number, onWindow: () => void) {
    this.window = { cells, rows, lanes: {} };
    this.onWindow = onWindow;
  }

  select(selection: Selection | null): void {
    if (!sameSelection(this.selection, selection)) this.selection = selection;
  }

  /** The message that is followed, else the one that is selected. */
  get message(): MessageId | null {
    return this.follow ?? (this.selection?.kind === 'message' ? this.selection.message : null);
  }

  addNote(note: Note): void {
    this.notes = [...this.notes, note].sort((a, b) => a.time - b.time);
  }

  removeNotes(sign: Note['sign'], time?: Time): void {
    this.notes = this.notes.filter(
      (note) => note.sign !== sign || (time !== undefined && note.time !== time),
    );
  }

  hasNote(sign: Note['sign'], time: Time): boolean {
    return this.notes.some((note) => note.sign === sign && note.time === time);
  }

  setLaneEnd(address: Address, to: number | null): void {
    this.setWindow({ ...this.window, lanes: { ...this.window.lanes, [address]: { to } } });
  }

  setWindow(window: Window): void {
    this.window = window;
    this.onWindow();
  }

  /** Another run: nothing of this one is selected, followed or noted there. */
  forget(): void {
    this.selection = null;
    this.follow = null;
    this.notes = [];
    this.window = { ...this.window, lanes: {} };
  }
}
