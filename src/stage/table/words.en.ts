/** The Table view. A translation satisfies TableWords. */
import { stageWords } from '../words.en';

const lists = new Intl.ListFormat('en', { type: 'conjunction' });
const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;
const { span } = stageWords;

export const tableWords = {
  region: 'Table',
  nothing: 'Nothing is on this stage yet.',
  none: 'none',
  nobody: 'nobody',

  switches: 'Exchanges and topics',
  name: 'Name',
  switchKind: {
    direct: 'direct exchange',
    topic: 'topic exchange',
    fanout: 'fanout exchange',
    headers: 'headers exchange',
    'SNS standard': 'SNS topic',
    'SNS FIFO': 'SNS FIFO topic',
  },
  leadsTo: 'Leads to',
  lastRouted: 'Last message',
  routedLast: (label: string, to: readonly string[]) =>
    `${label} ${to.length === 0 ? 'went nowhere' : `to ${lists.format(to)}`}`,
  wentNowhere: 'Went nowhere',
  queues: 'Queues',
  queue: 'Queue',
  inQueue: 'Messages',
  takenBy: 'Taken by',
  deadLetters: 'Dead letters',
  lockedGroups: (groups: readonly string[]) => `locked: ${lists.format(groups)}`,

  accounts: 'Accounts',
  account: 'Account',
  row: 'Row',
  log: 'Log',
  slips: 'Slips written',
  mails: 'E-mails',
  finding: 'Finding',
  line: 'Line',
  slip: 'Slip',
  date: 'Date',
  balanceAfter: 'Balance after it',
  questionsAbout: (account: string) => `Questions about ${account}`,
  question: 'Question',
  groups: 'Groups',
  group: 'Group',
  state: 'State',
  groupState: {
    Empty: 'no members',
    PreparingRebalance: 'sharing out anew: waiting for its members',
    CompletingRebalance: 'sharing out anew: waiting for the assignment',
    Assigning: 'sharing out anew: the coordinator works it out',
    Reconciling: 'sharing out anew: members take it up one by one',
    Stable: 'stable',
    Dead: 'gone',
  },
  generation: 'Generation or epoch',
  members: 'Members',
  member: (
    name: string,
    owns: readonly number[],
    givenUpInMs: number | null,
    givesUp: readonly number[] = [],
    waitsFor: readonly number[] = [],
  ) =>
    [
      `${name} reads ${owns.length === 0 ? 'none' : lists.format(owns.map(String))}`,
      givesUp.length === 0 ? null : `gives up ${lists.format(givesUp.map(String))}`,
      waitsFor.length === 0 ? null : `waits for ${lists.format(waitsFor.map(String))}`,
      givenUpInMs === null ? null : `given up in ${span(givenUpInMs)}`,
    ]
      .filter(Boolean)
      .join(', '),
  kind: 'Kind',
  groupKind: { classic: 'classic', consumer: 'consumer (KIP-848)', share: 'share (KIP-932)' },
  lag: 'Lag',
  caughtUp: '0, caught up',

  partitions: (topic: string) => `Partitions of ${topic}`,
  partition: 'Partition',
  partitionName: (index: number) => `Partition ${index}`,
  oldest: 'First offset',
  next: 'Next offset',
  holds: 'Holds',
  records: (count: number) => many(count, 'record', 'records'),
  older: (count: number) => `and ${many(count, 'older record', 'older records')}`,
  newer: (count: number) => `and ${many(count, 'newer record', 'newer records')}`,
  at: (offset: number) => `at ${offset}`,
  flagOf: (group: string) => `Flag of ${group}`,
  flag: (committed: number | null, position: number | null, lag: number | null, owner: string | null) =>
    [
      committed === null ? 'nothing committed' : `at ${committed}`,
      position !== null && position !== committed ? `reading at ${position}` : null,
      lag === null ? null : lag === 0 ? 'caught up' : `lag ${lag}`,
      owner === null ? 'nobody reads' : `read by ${owner}`,
    ]
      .filter(Boolean)
      .join(', '),
  sought: (from: number, to: number) => `moved from ${from} to ${to}`,
  uncommitted: (offsets: readonly number[]) => `applied, not committed: ${offsets.join(', ')}`,

  shareWindow: (from: number, to: number, lag: number | null) =>
    `has ${from === to ? 'nothing in hand' : `${from} to ${to - 1} in hand`}${lag === null ? '' : lag === 0 ? ', caught up' : `, lag ${lag}`}`,

  copies: (topic: string) => `Copies of ${topic}`,
  node: 'Node',
  is: 'Is',
  copyRole: stageWords.copyRole,
  leaderDown: stageWords.leaderDown,
  watermark: 'High watermark',
  leaderEpoch: 'Leads',
  leads: (epoch: number) => `in epoch ${epoch}`,
  unlike: 'Its leader does not have',

  transactions: 'Transactions',
  transaction: 'Transaction',
  writes: 'Writes to',
  transactionState: {
    Empty: 'none open',
    Ongoing: 'open',
    PrepareCommit: 'is being committed',
    PrepareAbort: 'is being aborted',
    CompleteCommit: 'committed',
    CompleteAbort: 'aborted',
  },
  openSince: (milliseconds: number, untilMs: number | null) =>
    `open for ${span(milliseconds)}${untilMs === null ? '' : `, aborted in ${span(untilMs)}`}`,
  transacted: { open: 'transaction open', committed: 'committed', aborted: 'aborted' },
  sharedFate: (group: string, is: string, process: string | null, deliveries: number) =>
    `${group}: ${is}${process === null ? '' : ` by ${process}`}${deliveries > 1 ? ` ×${deliveries}` : ''}`,

  callers: 'Services that ask and answer',
  service: 'Service',
  inHandOf: 'In hand',
  callsOf: 'Waits for',
  doneOf: 'So far',
  inHand: (count: number, stalled: number) =>
    stalled === 0 ? String(count) : `${count}, ${stalled} hanging`,
  servedFor: (milliseconds: number, hangs: boolean, unheard: boolean) =>
    `${hangs ? 'hanging ' : ''}for ${span(milliseconds)}${unheard ? ', its caller has given up' : ''}`,
  handled: (count: number) => `${count} handled`,
  answered: (answered: number, failed: number) => `${answered} answered, ${failed} failed`,
  callsTo: (name: string, count: number, again: number) =>
    `${name} ${count}${again === 0 ? '' : ` (${again} tried again)`}`,

  consumers: 'Consumers',
  producers: 'Producers',
  consumer: 'Consumer',
  producer: 'Producer',
  condition: 'Condition',
  conditionOf: {
    up: 'up',
    down: 'down',
    crashed: 'crashed',
    slow: 'slow',
    paused: 'paused',
  },
  since: (condition: string, time: string) => `${condition} since ${time}`,
  brokeBefore: (step: string) => `before ${step}`,
  willBreak: (steps: readonly string[]) => `will crash before ${lists.format(steps)}`,
  step: 'Step',
  idle: 'waiting',
  stepNow: (step: string, remainingMs: number | null) =>
    remainingMs === null ? step : `${step}, ${span(remainingMs)} more`,
  reads: 'Reads',
  unsettled: 'Not committed',
  applied: 'Applied',

  store: (name: string) => `Store ${name}`,
  key: 'Key',
  version: 'Version',
  content: 'Content',
  from: 'From',
  changed: 'Changed',
  ago: (milliseconds: number) => `${span(milliseconds)} ago`,
  emptyStore: 'This store has no rows.',
  emptied: (time: string) => `It was emptied at ${time}.`,
  moreRows: (count: number) => `and ${many(count, 'more row', 'more rows')}`,

  moving: 'On the way',
  what: 'What',
  to: 'To',
  arrives: 'Arrives',
  inMs: (milliseconds: number) => `in ${span(milliseconds)}`,
  held: 'held: the link is cut',
  nothingMoves: 'No message is on its way.',
  compare: (name: string) => `Compare ${name} with the log`,
  links: 'Links in trouble',
  link: 'Link',
  between: (from: string, to: string) => `${from} to ${to}`,
  cut: 'cut',
  slower: (milliseconds: number) => `slower by ${span(milliseconds)}`,
} as const;

export type TableWords = typeof tableWords;
