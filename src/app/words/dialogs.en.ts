/** The settings dialog and the keyboard help. */
import type { ArchiveProblem } from '../../storage/archive';
import { plural } from '../i18n';

const archive: Record<ArchiveProblem, string> = {
  tooBig: 'The file is larger than any this page writes. Nothing was imported.',
  notJson: 'The file is not JSON. Nothing was imported.',
  notOurs: 'The file was not written by At Least Once. Nothing was imported.',
  newer: 'The file was written by a newer version of this page. Reload, then import it again.',
  damaged: 'The file is damaged. Nothing was imported.',
};

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
    imported: (lessons: number, recordings: number, left: number) =>
      [
        `Imported ${plural(lessons, { one: '# lesson', other: '# lessons' })}`,
        ` and ${plural(recordings, { one: '# run', other: '# runs' })}.`,
        left > 0 ? ` ${plural(left, { one: '# run', other: '# runs' })} found no room.` : '',
      ].join(''),
    archive,
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
