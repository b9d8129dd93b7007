import type { Player } from '../player.svelte';
import { dialogs } from '../shell/dialogs.svelte';
import type { KeyHandlers } from './keyboard';

/** What the keys do to a player. What belongs to the page (views, controls, answers) is added by the page. */
export function playerKeys(player: Player, goTo: () => void): KeyHandlers {
  return {
    toggle: () => player.toggle(),
    step: () => void player.step(),
    stepBack: () => void player.stepBack(),
    nextMark: () => void player.nextMark(),
    previousMark: () => void player.previousMark(),
    tenMarksOn: () => void player.nextMark(10),
    tenMarksBack: () => void player.previousMark(10),
    home: () => void player.home(),
    end: () => void player.end(),
    slower: () => player.lensSlower(),
    faster: () => player.lensFaster(),
    goTo,
    bookmark: () => player.bookmark(),
    follow: () => toggleFollow(player),
    fork: () => void player.forkHere(),
    undo: () => void player.undo(),
    redo: () => void player.redo(),
    help: () => dialogs.open('help'),
  };
}

/** Follows the selected message; stops when one is followed. */
function toggleFollow(player: Player): void {
  const { selection } = player;
  if (player.follow !== null) player.follow = null;
  else if (selection?.kind === 'message') player.follow = selection.message;
}
