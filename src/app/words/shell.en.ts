/** The frame of every page: header and notices. Dialogs and the pages that are not there have files of their own. */
import type { StorageTrouble } from '../../storage/types';
import type { Place } from '../shell/navigation';

const places: Record<Place, string> = { learn: 'Learn', lab: 'Lab', present: 'Present', embed: 'Embed' };

const trouble: Record<StorageTrouble, { readonly what: string; readonly next: string }> = {
  blocked: {
    what: 'This browser does not let the page keep anything.',
    next: 'Everything works, but your progress is gone when you close this tab. Export it to take it along.',
  },
  full: {
    what: 'There is no room left on this device.',
    next: 'What you did is safe until you close this tab. Make room and try again, or export your work.',
  },
  newer: {
    what: 'A newer version of this page is in use here.',
    next: 'Reload to go on with it. Until then your work is kept in this tab only.',
  },
  corrupt: {
    what: 'Some of your saved work cannot be read.',
    next: 'It is left where it is, and everything else works. Export your work to be safe.',
  },
  closed: {
    what: 'The browser closed the place where your work is kept.',
    next: 'What you did is safe until you close this tab. Try again, or export your work.',
  },
  deleted: {
    what: 'What was kept on this device was deleted while this page was open.',
    next: 'Everything you did is still here until you close this tab. Keep it here again, or export it.',
  },
  lost: {
    what: 'What was kept on this device is gone.',
    next: 'The browser could not read it any more, or it was deleted. If you ever exported your work, import that file in the settings. New work is kept again.',
  },
};

export const shell = {
  name: 'At Least Once',
  title: (page: string) => `${page} · At Least Once`,
  frontTitle: 'At Least Once: see event-driven architecture work, break and mend',
  tagline: 'Kafka, simulated in this page',
  skip: 'Skip to the content',
  places,
  nav: 'Main',
  /** Read out after a place's name in the navigation. */
  notYet: (place: string) => `${place}, in the works`,
  textSize: 'Large text',
  theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  help: 'Keyboard help',
  settings: 'Settings',
  close: 'Close',
  failed: {
    title: 'This page could not be loaded',
    lead: 'You may be offline, or a new version was published while you were here.',
    again: 'Reload',
  },
  trouble,
  troubleDetail: 'What the browser said',
  exportNow: 'Export everything',
  tryAgain: 'Try again',
  keepAgain: 'Keep it here again',
  hide: 'Hide',
};
