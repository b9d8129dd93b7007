/** The frame of every page: header, dialogs, notices, pages that are not there (yet). */
import type { ArchiveProblem } from '../../storage/archive';
import type { StorageTrouble } from '../../storage/types';
import { plural } from '../i18n';
import type { Place } from '../shell/navigation';

export interface WorksWords {
  readonly title: string;
  readonly lead: string;
  readonly will: readonly string[];
  readonly meanwhile: string;
}

const places: Record<Place, string> = { learn: 'Learn', lab: 'Lab', present: 'Present', embed: 'Embed' };

const works: Record<Exclude<Place, 'learn'>, WorksWords> = {
  lab: {
    title: 'Lab',
    lead: 'Your own design on the same simulator. It is in the works and cannot be opened yet.',
    will: [
      'Wire services, brokers and stores, starting from one of eight designs that already run.',
      'Place crashes, cuts and delays on the timeline and replay them against another design.',
      'Write checks of your own and let the page look for a run that breaks them.',
    ],
    meanwhile:
      'Every lesson can be taken apart already: its knobs, crashes and forks are those the lab will have.',
  },
  present: {
    title: 'Present',
    lead: 'The stage on the wall, notes and votes on your desk. It is in the works and cannot be opened yet.',
    will: [
      'Two windows that show one run, without an account or a server.',
      'Prepared faults, a counter for raised hands, and a way back to the prepared state after improvising.',
      'A plan of 90 minutes, with what people usually bet on and what to ask next.',
    ],
    meanwhile:
      'Lesson 4 works on a projector today: open it, press the text size button, and play it step by step.',
  },
  embed: {
    title: 'Embed',
    lead: 'One playable figure in your own page, for one line of HTML. It is in the works and cannot be copied yet.',
    will: [
      'A picture until somebody presses it; nothing moves and nothing is stored before that.',
      'At most two knobs, a scrubber, and a link that opens the same moment here.',
      'No request leaves the reader’s browser once the figure is there.',
    ],
    meanwhile: 'Until then, link to a lesson: its address works on every copy of this site.',
  },
};

const trouble: Record<StorageTrouble, { readonly what: string; readonly next: string }> = {
  blocked: {
    what: 'This browser does not let the page keep anything.',
    next: 'Everything works, but your progress is gone when you close this tab. Export it in the settings to take it along.',
  },
  full: {
    what: 'There is no room left on this device.',
    next: 'What you did is safe until you close this tab. Make room, or export your work in the settings.',
  },
  newer: {
    what: 'A newer version of this page is in use here.',
    next: 'Reload to go on with it. Until then your work is kept in this tab only.',
  },
  corrupt: {
    what: 'Some of your saved work cannot be read.',
    next: 'It is left where it is, and everything else works. Export your work in the settings to be safe.',
  },
  closed: {
    what: 'The browser closed the place where your work is kept.',
    next: 'What you did is safe until you close this tab. Reload to try again, or export your work in the settings.',
  },
};

const archive: Record<ArchiveProblem, string> = {
  tooBig: 'The file is larger than any this page writes. Nothing was imported.',
  notJson: 'The file is not JSON. Nothing was imported.',
  notOurs: 'The file was not written by At Least Once. Nothing was imported.',
  newer: 'The file was written by a newer version of this page. Reload, then import it again.',
  damaged: 'The file is damaged. Nothing was imported.',
};

export const shell = {
  name: 'At Least Once',
  title: (page: string) => `${page} · At Least Once`,
  frontTitle: 'At Least Once: see event-driven architecture work, break and mend',
  tagline: 'Kafka, simulated in this page',
  skip: 'Skip to the content',
  places,
  soon: 'in the works',
  nav: 'Main',
  /** Read out after a place's name in the navigation. */
  notYet: (place: string) => `${place}, in the works`,
  textSize: 'Large text',
  theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  help: 'Keyboard help',
  settings: 'Settings',
  close: 'Close',
  loading: 'Loading.',
  failed: {
    title: 'This page could not be loaded',
    lead: 'You may be offline, or a new version was published while you were here.',
    again: 'Reload',
  },
  notFound: {
    title: 'There is nothing here',
    lead: (address: string) => `No page has the address ${address}.`,
    map: 'Course map',
    home: 'Front page',
  },
  trouble,
  troubleDetail: 'What the browser said',
  openSettings: 'Settings',
  hide: 'Hide',
  works,
  worksWill: 'What it will do',
  worksNow: 'Until then',
  worksLink: 'Course map',
  unbuilt: {
    lead: 'This lesson is not built yet.',
    teaches: 'What it will teach',
    needs: 'What it builds on',
    needsNothing: 'Nothing: it could be your first.',
    open: 'What is open now',
    lesson: (number: number, title: string) => `Lesson ${number}: ${title}`,
    map: 'Course map',
    of: (number: number, count: number) => `Lesson ${number} of ${count}`,
    minutes: (minutes: number) => `about ${minutes} minutes`,
  },
  dialog: {
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
    title: 'Keyboard help',
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
