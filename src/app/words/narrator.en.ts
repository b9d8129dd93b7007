/** What is said of an instant, and while time goes by. */
import { list, number, plural } from '../i18n';

const partitions = (names: readonly string[]): string =>
  `${names.length === 1 ? 'partition' : 'partitions'} ${list(names)}`;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const narrator = {
  region: 'Announcements',

  summary: 'Summary',
  paused: (time: string) => `Paused at ${time}.`,
  playing: (time: string) => `Playing, ${time}.`,
  computing: (time: string) => `Computing, ${time}.`,
  stopped: (time: string) => `This run stops at ${time}.`,

  cut: (from: string, to: string) => `The link between ${from} and ${to} is cut.`,
  nobodyReads: (group: string, lanes: readonly string[], span: string | null) =>
    span === null
      ? `Nobody in ${group} reads ${partitions(lanes)}.`
      : `Nobody in ${group} reads ${partitions(lanes)} for ${span} more.`,
  down: (name: string, since: string) => `${name} is down since ${since}.`,
  rebalancing: (group: string) => `${group} shares its partitions out anew; nobody in it reads meanwhile.`,
  rebalancingBySteps: (group: string) =>
    `${group} shares its partitions out anew; what stays with its owner is read on.`,
  noLeader: (partition: string) => `${capital(partition)} has no leader: nobody can write or read it.`,
  leaderDown: (node: string, partition: string) => `${capital(node)}, which leads ${partition}, is down.`,
  tooFew: (partition: string, inSync: number, least: number) =>
    `${capital(partition)} has ${number(inSync)} in sync and needs ${number(least)}: writes with acks=all are refused.`,
  outOfSync: (partition: string, count: number, of: number) =>
    `${number(count)} of ${number(of)} copies of ${partition} ${count === 1 ? 'is' : 'are'} out of sync.`,
  cutOff: (node: string, count: number, partition: string) =>
    `${capital(node)} cut ${plural(count, { one: '# record', other: '# records' })} off its copy of ${partition}.`,
  heldBack: (partition: string, offset: number) =>
    `An open transaction holds readers of committed records back at ${number(offset)} on ${partition}.`,
  emptied: (store: string, since: string) => `${store} is empty since ${since}.`,
  groupPaused: (group: string, lag: number) =>
    `${group} is paused${lag === 0 ? '' : `, ${number(lag)} behind`}.`,
  slow: (name: string) => `${name} is slow.`,
  sought: (group: string, from: number, to: number, lane: string) =>
    `${group} was sent from ${number(from)} ${to < from ? 'back ' : ''}to ${number(to)} on ${lane}.`,
  lags: (groups: readonly { readonly name: string; readonly lag: number }[]) =>
    `${list(groups.map(({ name, lag }) => `${name} is ${number(lag)} behind`))}.`,
  lagsMost: (name: string, lag: number, others: number, most: number) =>
    `${name} is ${number(lag)} behind, ${plural(others, { one: '# other', other: '# others' })} at most ${number(most)}.`,
  allRead: (groups: readonly string[]) =>
    groups.length === 1 ? `${groups[0]} has read everything.` : `${list(groups)} have read everything.`,
  calls: (open: number, hanging: readonly string[], count: number) =>
    [
      open === 0
        ? 'No order is open.'
        : `${plural(open, { one: '# order is', other: '# orders are' })} open.`,
      hanging.length > 0
        ? `${plural(count, { one: 'A call hangs', other: 'Calls hang' })} in ${list(hanging)}.`
        : count > 0
          ? `Calls hang in ${number(count)} services.`
          : '',
    ]
      .filter(Boolean)
      .join(' '),
  nothingYet: 'Nothing has been published yet.',
  queues: (queues: readonly { readonly name: string; readonly waiting: number; readonly held: number }[]) =>
    `${list(queues.map(({ name, waiting, held }) => `${name} has ${number(waiting)} waiting and ${number(held)} in hand`))}.`,
  queuesEmpty: (names: readonly string[]) => `${list(names)} ${names.length === 1 ? 'is' : 'are'} empty.`,
  records: (count: number, lanes: number) =>
    `${plural(count, { one: '# record', other: '# records' })} in ${plural(lanes, { one: '# partition', other: '# partitions' })}.`,

  /** Of one account: what its row and its log say. */
  account: (date: string, row: string | null, lines: string) =>
    row === null ? `${date}. The log has ${lines}.` : `${date}. The row says ${row}, the log has ${lines}.`,
  accounts: (date: string, said: readonly string[]) => `${date}. Rows: ${list(said)}.`,
  rowOf: (key: string, row: string) => `account ${key} ${row}`,
  accountLog: (key: string, lines: string) => `the log of account ${key} with ${lines}`,
  desk: (name: string) => `a desk where accounts are asked about: ${name}`,

  onStage: (things: readonly string[]) =>
    things.length === 0 ? 'The stage is empty.' : `On stage: ${things.join('; ')}.`,
  topic: (name: string, lanes: number, records: number) =>
    `topic ${name} with ${plural(lanes, { one: '# partition', other: '# partitions' })} and ${plural(records, { one: '# record', other: '# records' })}`,
  group: (name: string, members: number) =>
    `group ${name} with ${plural(members, { one: '# consumer', other: '# consumers' })}`,
  queue: (name: string, waiting: number, held: number) =>
    `queue ${name} with ${number(waiting)} waiting and ${number(held)} in hand`,
  takers: (names: readonly string[]) => `${names.length === 1 ? 'consumer' : 'consumers'} ${list(names)}`,
  store: (name: string, rows: number) =>
    `store ${name} with ${plural(rows, { one: '# row', other: '# rows' })}`,
  producers: (names: readonly string[]) => `${names.length === 1 ? 'producer' : 'producers'} ${list(names)}`,

  controls: (names: readonly string[]) =>
    names.length === 0 ? 'You control time.' : `You control time, and ${list(names)}.`,
  hintPaused: 'Space plays, the full stop goes one step on, the question mark lists the keys.',
  hintPlaying: 'Space pauses.',
  hintAtEnd: 'The run ends here. Home goes to its start; forking in its past opens another.',

  play: (time: string) => `Playing from ${time}.`,
  forked: (run: string, time: string) => `${run}, forked at ${time}. The other run is kept.`,
  shows: (run: string) => `${run} is on screen.`,
  more: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  counts: {
    published: (count: number) => `${number(count)} published`,
    delivered: (count: number) => `${number(count)} delivered`,
    redelivered: (count: number) => `${number(count)} redelivered`,
    applied: (count: number) => `${number(count)} applied`,
    settled: (count: number) => plural(count, { one: '# flag moved', other: '# flags moved' }),
    expired: (count: number) => `${number(count)} deleted`,
    lost: (count: number) => `${number(count)} lost`,
  },
  sum: (parts: readonly string[]) => `${parts.join(', ')}.`,
} as const;

export type NarratorWords = typeof narrator;
