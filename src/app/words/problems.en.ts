/** Why a link or a file was not opened: what is wrong, and what to do. */
import type { ContentProblem } from '../../scenario/bad-content';

export type From = 'link' | 'file';

const again: Record<From, string> = {
  link: 'Copy the whole link again, or ask for it as a file.',
  file: 'Ask for the file again.',
};
const nothing = 'Nothing here was changed.';

export const problems = {
  detail: 'What the check said',
  titles: { link: 'This link cannot be opened', file: 'This file cannot be opened' } as Record<From, string>,
  of: {
    notOurs: (from) => `It is no ${from} of At Least Once. ${nothing}`,
    characters: (from) => `It holds characters that no ${from} of ours has. ${again[from]}`,
    damaged: (from) => `It was cut short or changed on the way. ${again[from]}`,
    tooBig: (from) => `It is larger than any ${from} this page writes. ${nothing}`,
    unpacksTooBig: () => `It is small but would unpack to more than 2 MB, so it was not unpacked. ${nothing}`,
    notJson: (from) =>
      from === 'file' ? `It is not JSON. ${nothing}` : `What it holds is not readable. ${again.link}`,
    newer: () =>
      'It was made by a newer version of this page. Reload to get that version, then open it again.',
    hostileName: () => `Something in it has a name that could trick a program. It was not opened. ${nothing}`,
    tooDeep: () => `It is nested deeper than anything this page writes. ${nothing}`,
    unknown: () =>
      `It uses something that this version does not know: a broker, a part, an action or a lesson. ${nothing}`,
    absurd: () => `It holds a number beyond all bounds. ${nothing}`,
    notValid: (from) => `Something in it is missing or wrong. ${again[from]}`,
    cannotRun: () => `It is well formed, but no run can be made from it. ${nothing}`,
    tooHeavy: () => `Getting to its moment takes more work than a page should do for it. ${nothing}`,
  } satisfies Record<ContentProblem, (from: From) => string> as Record<
    ContentProblem,
    (from: From) => string
  >,
};
