/** The front page. */
import type { Phase } from '../home/run.svelte';
import type { Moment } from '../home/story';
import { number, plural } from '../i18n';

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });

/** What stands inside the circuit: where it breaks, then what that did. */
function caption(phase: Phase, moment: Moment): string {
  if (moment.condition === 'broken') return 'crashed after the charge';
  if (moment.condition === 'waiting for the group')
    return 'Restarted. Its group still waits for the one it lost.';
  if (moment.repeat === 'charged') return 'Never committed, so read again.';
  if (moment.repeat === 'skipped') return 'The card company remembers what it has charged.';
  if (phase === 'ready' || phase === 'breaking') return 'after the charge, before the commit';
  return '';
}

export const home = {
  title: 'At Least Once',
  question: ['One message, one crash.', 'How often is the card charged?'],
  figure: 'Payments in a Kafka log, a consumer that charges a card, and one crash you can cause',
  summary: (moment: Moment) =>
    [
      `${plural(moment.payments.length, { one: '# payment', other: '# payments' })} in the log.`,
      `The consumer has committed ${number(moment.committed)}.`,
      `${plural(moment.charges.filter((charge) => !charge.skipped).length, { one: '# charge', other: '# charges' })}, ${money.format(moment.totalCents / 100)}.`,
    ].join(' '),
  log: 'payments',
  logNote: 'a log: reading does not delete',
  group: 'charges',
  shop: 'shop',
  deliver: 'read',
  charge: 'charge',
  commit: 'commit',
  done: 'done, next time read on from here',
  again: '2nd',
  actions: { ready: 'Break it', breaking: 'Breaking', broken: 'Fix it', fixing: 'Fixing' },
  fixed: (lesson: number) => `Lesson ${number(lesson)}`,
  seeWhy: 'see why',
  startOver: 'Start over',
  caption,
  result: {
    charged: 'Charged twice.',
    skipped: 'Same crash, charged once.',
  },
  card: 'Mia’s card',
  charged: 'charged',
  secondTime: '2nd time',
  earlier: (count: number) => plural(count, { one: '# earlier', other: '# earlier' }),
  skipped: (label: string) => `${label} came again: charged already`,
  total: 'total',
  twice: 'charged twice',
  shouldBe: (cents: number) => `should be ${money.format(cents / 100)}`,
  once: 'same crash, charged once',
  money: (cents: number) => money.format(cents / 100),
  time: 'Time',
  timeValue: (seconds: number, charges: number) =>
    `${number(Math.round(seconds * 10) / 10)} seconds, ${plural(charges, { one: '# charge', other: '# charges' })}`,
  tracks: {
    charged: 'charged',
    waiting: 'waiting',
    paused: 'paused',
    run: (index: number) => `run ${number(index)}`,
  },
  againTrack: (label: string) => `${label} again`,
  crash: 'crash',
  drag: 'drag anywhere in time',
  lens: (seconds: number) => `1 s here is ${number(seconds)} s of the run`,
  promises: [
    {
      title: 'It behaves like the real brokers.',
      text: 'Their requests, errors and timeouts.',
      link: 'What is left out',
    },
    { title: 'Go anywhere in time.', text: 'Same seed, same run, down to the microsecond.', link: null },
    {
      title: 'It proves, not tells.',
      text: 'Your fix must survive the same faults on three seeds.',
      link: null,
    },
  ],
  doors: {
    learn: {
      name: 'Learn',
      what: 'Break it, fix it, prove it',
      size: (open: number, of: number) =>
        open < of ? `${number(open)} of ${number(of)} lessons open` : `${number(of)} lessons, 6 to 10 min`,
      link: (lesson: number) => `Start with lesson ${number(lesson)}`,
    },
    lab: { name: 'Lab', what: 'Wire your own design, compare two on one clock', link: 'What it will be' },
    present: {
      name: 'Present',
      what: 'Stage on the wall; notes and votes on your desk',
      link: 'What it will be',
    },
    embed: { name: 'Embed', what: 'One playable figure in your own page', link: 'What it will be' },
  },
  soon: 'in the works',
  key: (keys: readonly string[]) => keys.join(' '),
  places: 'Places',
};
