/** Every word the chain draws or says. A translation satisfies ChainWords. */
import { stageWords } from '../words.en';

const numbers = new Intl.NumberFormat('en');
const n = (value: number): string => numbers.format(value);
const many = (count: number, one: string, other: string): string =>
  `${n(count)} ${count === 1 ? one : other}`;
const lists = new Intl.ListFormat('en', { type: 'conjunction' });

/** "8.4 s", "2:05". */
function wait(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** "34 s", "2:05". */
function soon(milliseconds: number): string {
  return milliseconds < 60_000 ? `${Math.round(milliseconds / 1000)} s` : wait(milliseconds);
}

export const chainWords = {
  stage: stageWords.stage,
  help: stageWords.help,
  condition: stageWords.condition,
  cut: stageWords.cut,
  delay: stageWords.delay,
  empty: stageWords.emptyStage,
  sides: ['Before', 'After'] as readonly string[],
  side: (number: number) => `Design ${n(number)}`,
  rate: (perSecond: number) => `${n(Math.round(perSecond * 10) / 10)} a second`,
  stalled: (milliseconds: number, number: string | null) =>
    `${number === null ? '' : `${number} `}stalled ${wait(milliseconds)}`,
  stalledMore: (more: number) => (more === 0 ? '' : `, ${n(more)} more`),
  inHand: (count: number) => `${n(count)} here`,
  together: (state: string | null, pile: string | null) =>
    [state, pile].filter((one) => one !== null).join(', ') || null,
  waitingFor: (count: number) => (count === 0 ? 'no order open' : many(count, 'order open', 'orders open')),
  failed: (count: number) => `${n(count)} failed`,
  errors: (count: number) => many(count, 'error', 'errors'),
  again: (count: number) => many(count, 'call tried again', 'calls tried again'),
  parallel: 'all at once',
  waiting: (count: number) => `${n(count)} waiting`,
  clears: (count: number, milliseconds: number) => `${n(count)}, clear in ${soon(milliseconds)}`,
  records: (count: number) => many(count, 'record', 'records'),

  // Sentences for those who hear the stage.
  summary: (orders: number, stalled: number, trouble: readonly string[]) =>
    [
      many(orders, 'order is open.', 'orders are open.'),
      stalled === 0 ? '' : `${many(stalled, 'call hangs.', 'calls hang.')}`,
      trouble.length === 0 ? '' : `In trouble: ${lists.format(trouble)}.`,
    ]
      .filter(Boolean)
      .join(' '),
  saysClient: (name: string, rate: string | null, open: number, failed: number) =>
    [name, rate && `asks ${rate}`, `${n(open)} open`, failed > 0 && `${n(failed)} failed`]
      .filter(Boolean)
      .join(', '),
  saysHead: (name: string, open: number, calls: number, isParallel: boolean) =>
    `${name}, ${many(open, 'order', 'orders')} in hand${calls === 0 ? '' : `, calls ${many(calls, 'service', 'services')} ${isParallel ? 'all at once' : 'one after the other'}`}`,
  saysStep: (step: string, count: number) => `${step}, ${many(count, 'order', 'orders')}`,
  saysStation: (name: string, index: number, of: number, state: string, inHand: number) =>
    `${name}, service ${n(index)} of ${n(of)}, ${state}, ${n(inHand)} in hand`,
  saysConsumer: (name: string, state: string, waiting: number, clearsMs: number | null) =>
    `${name}, consumer, ${state}, ${n(waiting)} waiting${clearsMs === null ? '' : `, clear in ${wait(clearsMs)}`}`,
  saysStrip: (topic: string, count: number) => `topic ${topic}, ${many(count, 'record', 'records')}`,
  saysStalled: (order: string, where: string, milliseconds: number) =>
    `${order} hangs at ${where} for ${wait(milliseconds)}`,
  saysAt: (order: string, where: string) => `${order}, at ${where}`,
  saysBetween: (order: string, from: string, to: string) => `${order}, from ${from} to ${to}`,
  saysUnheard: 'its caller has given up',
  saysCut: (from: string) => `link from ${from} cut`,
  saysDelay: (from: string, milliseconds: number) => `link from ${from} slower by ${wait(milliseconds)}`,
} as const;

export type ChainWords = typeof chainWords;
