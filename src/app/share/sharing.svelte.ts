/** What can be shared from the page on screen, and what was opened here from outside. */
import type { Selection } from '../../stage/selection';
import type { Archive } from '../../storage/types';
import type { Player } from '../player.svelte';
import type { OpenedRun } from './check';

/** Where a run on screen comes from. */
export interface Source {
  readonly player: () => Player;
  /** Which lesson's run it is; null when it must bring its scenario. */
  readonly lesson: () => { readonly slug: string; readonly run: string } | null;
  /** For the name of a file or of a kept run. */
  readonly title: () => string;
}

class Sharing {
  /** The run on screen; null on pages without one. */
  source = $state.raw<Source | null>(null);
  /** A run that came out of a file: it has no address. */
  opened = $state.raw<OpenedRun | null>(null);
  /** A file with everything, which turned up where a run was looked for: the settings ask what to do with it. */
  archive = $state.raw<Archive | null>(null);
}

export const sharing = new Sharing();

/** To be called while the component of a page with a run is created. */
export function offerToShare(source: Source): void {
  $effect(() => {
    sharing.source = source;
    return () => {
      if (sharing.source === source) sharing.source = null;
    };
  });
}

/** What a link says is selected, as the stage knows it. */
export function selectionOf(selected: string | number | null): Selection | null {
  if (selected === null) return null;
  return typeof selected === 'number'
    ? { kind: 'message', message: selected }
    : { kind: 'address', address: selected };
}
