/** The settings dialog and the keyboard help. */
import type { ImportSummary } from '../../storage/types';
import { plural } from '../i18n';

const lessons = (count: number) => plural(count, { one: '# lesson', other: '# lessons' });
const runs = (count: number) => plural(count, { one: '# run', other: '# runs' });
const settings = (count: number) => plural(count, { one: '# setting', other: '# settings' });

/** "2 lessons, 1 run and 3 settings"; '' for nothing. */
function things(summary: ImportSummary): string {
  const all = [
    summary.lessons > 0 ? lessons(summary.lessons) : '',
    summary.recordings > 0 ? runs(summary.recordings) : '',
    summary.settings > 0 ? settings(summary.settings) : '',
  ].filter((one) => one !== '');
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

export const dialogs = {
  settings: {
    title: 'Settings',
    theme: 'Theme',
    themes: { system: 'as the system', light: 'light', dark: 'dark' },
    textSize: 'Text',
    textSizes: { normal: 'normal', large: 'large' },
    motion: 'Motion',
    motions: { system: 'as the system', reduced: 'reduced', full: 'full' },
    motionNote:
      'Reduced: things jump instead of moving, and playing goes from step to step. Nothing is left out.',
    verbosity: 'Spoken while playing',
    verbosities: { off: 'nothing', results: 'results', normal: 'normal', detailed: 'every delivery' },
    verbosityNote: 'For screen readers. Step by step, everything is always spoken.',
    characterKeys: 'Single-letter keys',
    switches: { on: 'on', off: 'off' },
    characterKeysNote: 'They work while a stage or timeline has focus, never while you type.',
    work: 'Your work',
    workNote: 'Progress, bets and runs stay in this browser. Nothing is sent anywhere.',
    workMemory: 'Progress, bets and runs are kept in this tab only, until it is closed.',
    exporting: 'Export everything',
    importing: 'Import a file',
    deleting: 'Delete everything',
    sure: 'Progress, bets, runs and settings on this device are deleted. This cannot be undone.',
    deleteNow: 'Delete it all',
    keep: 'Keep it',
    exported: 'Exported.',
    deleted: 'Everything is deleted.',
    /** The device cannot be reached, so whatever is there stays. */
    deletedInTab: 'Everything in this tab is deleted. What is on this device could not be reached.',
    reading: 'Reading the file…',
    /** Said before anything is changed. */
    willImport: (summary: ImportSummary) =>
      [
        things(summary) === ''
          ? 'Everything in this file is here already.'
          : `This file adds ${things(summary)}. Nothing that is here is lost: where a lesson is in both, you go on from the newer, with the marks of both.`,
        summary.stays > 0 ? ` ${lessons(summary.stays)} in it: nothing to add.` : '',
        summary.left > 0
          ? ` ${runs(summary.left)} in it will find no room: delete some kept runs first.`
          : '',
      ].join(''),
    addsNothing: (summary: ImportSummary) => things(summary) === '',
    importNow: 'Add it',
    cancel: 'Cancel',
    cancelled: 'Nothing was imported.',
    imported: (summary: ImportSummary) => `Added ${things(summary)}.`,
    importedInTab: (summary: ImportSummary) =>
      `Added ${things(summary)}, in this tab only: nothing can be kept on this device now.`,
    importFailed: 'The file could not be read. Nothing was imported.',
    runs: (count: number, max: number) => `Kept runs: ${count} of at most ${max}.`,
    openRuns: 'Kept runs',
  },
  keys: {
    everywhere: 'Everywhere',
    places: (place: string) => `Go to ${place}`,
    stage: 'On a stage or timeline',
    stageNote:
      'These work while the stage or the timeline has focus. Single letters can be switched off in the settings.',
    tab: 'Next and previous control',
    enter: 'Press what has focus',
    escape: 'Close a dialog, leave what was entered',
    more: 'What is simulated, and what is left out:',
    about: 'About this page',
  },
};
