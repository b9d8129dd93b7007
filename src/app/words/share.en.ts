/** Sharing a run, opening one, and the runs that are kept on this device. */
import { plural } from '../i18n';

const actions = (count: number) =>
  plural(count, { one: '# thing that was done', other: '# things that were done' });

export const share = {
  open: 'Share',
  title: 'Share this run',
  lead: (time: string, selected: string, done: number) =>
    [
      `Whoever opens the link sees this run at ${time}, paused`,
      selected === '' ? '' : `, with ${selected} selected`,
      done === 0 ? '' : `, and ${actions(done)} in it`,
      '. Their own work is left alone.',
    ].join(''),
  message: 'a message',
  /** The short hash of the history up to the instant: two people compare what they see by it. */
  hash: 'History hash',
  hashNote: 'Where it is the same, everything up to this instant was the same.',
  making: 'Making the link…',
  link: 'Link',
  copy: 'Copy the link',
  copied: 'Copied.',
  copyYourself: 'The browser does not let the page copy. The link is selected: copy it with the keyboard.',
  code: 'The link as a QR code',
  codeNote: 'Point a camera at it.',
  noCode: (characters: number) =>
    `The link has ${characters} characters: too many for a QR code that a camera can read.`,
  tooLong: (characters: number, max: number) =>
    `As a link this run would have ${characters} characters; beyond ${max}, mail and chat programs break links. Send it as a file.`,
  toFile: 'Save as a file',
  saved: 'Saved. It opens from the settings, or from “Kept runs”.',
  keep: 'Keep on this device',
  kept: 'Kept on this device.',
  keptInTab: 'Kept in this tab only, until it is closed. Save it as a file to be safe.',
  keepAgain: 'It is kept already.',
  full: (count: number, max: number, oldest: readonly string[]) =>
    `There is room for ${max} runs. To keep this one, ${plural(count, { one: 'the oldest', other: 'the # oldest' })} would have to go: ${oldest.join(', ')}${count > oldest.length ? ' …' : ''}`,
  tooBig: 'This run alone is larger than all the room there is for runs. Save it as a file.',
  clearAndKeep: (count: number) =>
    plural(count, { one: 'Delete it and keep this one', other: 'Delete those # and keep this one' }),
  keepNot: 'Leave it',
  opening: 'Opening the shared run…',
  visitDiffers: 'It was made with another version of this page: what you see may differ from what was sent.',
  keepThis: 'Keep this run',
  back: 'Back to my run',
  openFailed: 'The run could not be opened.',
  page: {
    title: 'Run',
    listTitle: 'Kept runs',
    lead: (count: number, max: number) =>
      `${plural(count, { one: '# run is kept', other: '# runs are kept' })} on this device; there is room for ${max}. When it is full you are asked before the oldest are cleared.`,
    none: 'No run is kept yet. “Share” in a lesson can keep the run you are in.',
    seed: (seed: number) => `seed ${seed}`,
    savedAt: (day: string) => `kept ${day}`,
    opens: (name: string) => `Open ${name}`,
    remove: 'Delete',
    removes: (name: string) => `Delete ${name}`,
    sure: (name: string) => `Delete “${name}” from this device?`,
    removeNow: 'Delete it',
    file: 'Open a file',
    all: 'All kept runs',
    gone: 'This run is not kept on this device (any more).',
    lesson: 'To its lesson',
    ofLesson: (title: string) => `Run from “${title}”`,
    own: (name: string, seed: number) => `${name}, seed ${seed}`,
  },
};
