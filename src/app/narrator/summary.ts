/** The instant in words: a pure reading of the view, for the line above the stage and for those who hear it. */
import type { Group, Lane, Pile, Process, Stack } from '../../kernel/shape';
import { toMs, type Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { clock } from '../../stage/clock';
import { ledgerWords } from '../../stage/ledger/words.en';
import { displayName, hostOf, isStoreHost, serviceName, shapesOf } from '../../stage/names';
import { placeName } from '../../stage/story/sentence';
import { stageWords } from '../../stage/words.en';
import { words } from '../i18n';
import type { PlayerStatus } from '../player.svelte';
import { narrator, type NarratorWords } from '../words/narrator.en';
import { clusterTold, stopsAll } from './cluster-told';

/** The four parts of a screen summary (what is there, what can be done, what is so now, one hint), and where time stands. */
export interface Summary {
  /** "Paused at 0:18.6." */
  readonly stands: string;
  /** What matters most, in one sentence or two. */
  readonly details: string;
  readonly stage: string;
  readonly controls: string;
  readonly hint: string;
}

export interface SummaryOf {
  readonly view: View;
  readonly status: PlayerStatus;
  readonly stopAt: Time;
  /** Names of the controls beside the transport. */
  readonly controls?: readonly string[];
  readonly words?: NarratorWords;
}

const sentencesMax = 2;
/** More groups than this are not named one by one. */
const lagsMax = 3;

export function summaryOf({
  view,
  status,
  stopAt,
  controls = [],
  words: w = words({ en: narrator }),
}: SummaryOf): Summary {
  const atEnd = view.time >= stopAt && status === 'paused';
  return {
    stands: standing(view.time, status, w),
    details: whatMatters(view, w).slice(0, sentencesMax).join(' '),
    stage: w.onStage(thingsOn(view, w)),
    controls: w.controls(controls),
    hint: atEnd ? w.hintAtEnd : status === 'playing' ? w.hintPlaying : w.hintPaused,
  };
}

/** Sentences about this instant, the most important first; at least one. */
export function whatMatters(view: View, w: NarratorWords = words({ en: narrator })): string[] {
  const processes = shapesOf(view.shapes, 'process');
  const stores = shapesOf(view.shapes, 'store');
  const groups = shapesOf(view.shapes, 'group');
  const lanes = shapesOf(view.shapes, 'lane');
  const orphans = groups.map((group) => orphaned(group, processes, view.time, w));
  const mourned = new Set(orphans.flatMap(({ members }) => members));
  return [
    ...view.links.filter(({ cut }) => cut).map(({ from, to }) => w.cut(displayName(from), displayName(to))),
    ...clusterTold(view, w),
    ...orphans.flatMap(({ sentence }) => (sentence === null ? [] : [sentence])),
    ...gone(
      processes.filter((process) => !mourned.has(process.address)),
      (process) => calledAs(process, processes, view),
      w,
    ),
    ...groups
      .filter(isRebalancing)
      .map((group) =>
        capital((stopsAll(group) ? w.rebalancing : w.rebalancingBySteps)(displayName(group.name))),
      ),
    ...stores
      .filter(({ rowCount, wipedAt }) => rowCount === 0 && wipedAt !== null)
      .map(({ name, wipedAt }) => capital(w.emptied(displayName(name), clock(wipedAt ?? 0)))),
    ...pausedGroups(groups, processes).map(({ name, lag }) => capital(w.groupPaused(displayName(name), lag))),
    ...new Set(
      processes
        .filter(({ condition }) => condition === 'slow')
        .map((process) => capital(w.slow(calledAs(process, processes, view)))),
    ),
    ...lanes.flatMap((lane) => jumps(lane, w)),
    howFar(view, w),
  ];
}

function standing(time: Time, status: PlayerStatus, w: NarratorWords): string {
  const at = clock(time);
  switch (status) {
    case 'paused':
      return w.paused(at);
    case 'playing':
      return w.playing(at);
    case 'computing':
      return w.computing(at);
    case 'stopped at bound':
      return w.stopped(at);
  }
}

/** Members that nobody hears from and whose partitions nobody else has yet. */
function orphaned(
  group: Group,
  processes: readonly Process[],
  now: Time,
  w: NarratorWords,
): { readonly members: readonly string[]; readonly sentence: string | null } {
  const silent = group.members.filter(
    ({ process, owns }) =>
      owns.length > 0 && processes.some((candidate) => candidate.address === process && isGone(candidate)),
  );
  if (silent.length === 0) return { members: [], sentence: null };
  const lanes = silent.flatMap(({ owns }) => owns.map((lane) => lane.slice(lane.lastIndexOf('/') + 1)));
  const ends = silent.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]));
  const left = ends.length === 0 ? null : Math.max(0, ...ends.map((end) => end - now));
  return {
    members: silent.map(({ process }) => process),
    sentence: w.nobodyReads(
      displayName(group.name),
      lanes.sort((a, b) => Number(a) - Number(b)),
      left === null ? null : stageWords.span(toMs(left)),
    ),
  };
}

/** A service that is called in one design and reads in another is down once. */
function gone(candidates: readonly Process[], called: (process: Process) => string, w: NarratorWords): Set<string> {
  return new Set(
    candidates
      .filter(isGone)
      .map((process) => capital(w.down(called(process), clock(process.conditionSince)))),
  );
} // prettier-ignore

/** Those who take from a queue of SQS are grouped by its name, which is not theirs. */
function calledAs(process: Process, all: readonly Process[], { shapes }: View): string {
  const isQueue = shapesOf(shapes, 'pile').some(({ name }) => name === process.group);
  return isQueue ? displayName(process.name) : serviceName(process, all);
}

/** It takes from queues, or is called with what lies in them. */
function takes({ owns, slots, environments, steps }: Process): boolean {
  return owns.length > 0 || slots !== undefined || environments !== undefined || steps.includes('receive');
}

function isGone({ condition }: Process): boolean {
  return condition === 'crashed' || condition === 'down';
}

function isRebalancing({ state }: Group): boolean {
  return state === 'PreparingRebalance' || state === 'CompletingRebalance' || state === 'Reconciling';
}

function pausedGroups(groups: readonly Group[], processes: readonly Process[]): readonly Group[] {
  return groups.filter(({ name }) =>
    processes.some(({ group, condition }) => group === name && condition === 'paused'),
  );
}

function jumps(lane: Lane, w: NarratorWords): string[] {
  return lane.pointers.flatMap(({ group, sought }) =>
    sought ? [capital(w.sought(displayName(group), sought.from, sought.to, placeName(lane.address)))] : [],
  );
}

function howFar(view: View, w: NarratorWords): string {
  const groups = shapesOf(view.shapes, 'group');
  const lanes = shapesOf(view.shapes, 'lane');
  const accounts = lanes.filter(({ keeps }) => keeps === 'account');
  if (accounts.length > 0) return accountsTold(view, accounts, w);
  const records = lanes.reduce((sum, { logStart, logEnd }) => sum + logEnd - logStart, 0);
  const queues = queuesOf(view);
  if (queues.length > 0 && lanes.length === 0) return queuesTold(queues, w);
  if (lanes.length === 0) return callsTold(shapesOf(view.shapes, 'process'), w);
  if (lanes.every(({ logEnd }) => logEnd === 0)) return w.nothingYet;
  const behind = groups.filter(({ lag }) => lag > 0);
  if (behind.length > lagsMax) {
    const [most, next] = [...behind].sort((a, b) => b.lag - a.lag);
    return capital(w.lagsMost(displayName(most.name), most.lag, behind.length - 1, next.lag));
  }
  if (behind.length > 0)
    return capital(w.lags(behind.map(({ name, lag }) => ({ name: displayName(name), lag }))));
  const readers = groups.filter(({ members }) => members.length > 0).map(({ name }) => displayName(name));
  return readers.length > 0 ? capital(w.allRead(readers)) : w.records(records, lanes.length);
}

interface QueueTold {
  readonly name: string;
  readonly waiting: number;
  /** In somebody's hands. */
  readonly held: number;
}

function queuesOf({ shapes }: View): QueueTold[] {
  const all: (Stack | Pile)[] = [...shapesOf(shapes, 'stack'), ...shapesOf(shapes, 'pile')];
  return all.map((queue) => ({
    name: displayName(queue.name),
    waiting: queue.shape === 'stack' ? queue.ready : queue.available + queue.delayed,
    held: queue.shape === 'stack' ? queue.unacked : queue.inFlight,
  }));
}

function queuesTold(told: readonly QueueTold[], w: NarratorWords): string {
  const busy = told.filter(({ waiting, held }) => waiting + held > 0);
  return capital(
    busy.length === 0 ? w.queuesEmpty(told.map(({ name }) => name)) : w.queues(busy.slice(0, lagsMax)),
  );
}

/** Of calls: how many are open where they begin, and in what they hang. */
function callsTold(processes: readonly Process[], w: NarratorWords): string {
  const callers = processes.filter(({ callees }) => callees !== undefined);
  if (callers.length === 0) return w.nothingYet;
  // Whoever asks by itself waits for the same orders as the one who is asked.
  const asked = callers.filter(({ ratePerSecond }) => ratePerSecond === undefined);
  const open = (asked.length > 0 ? asked : callers).reduce((sum, { inHand }) => sum + (inHand ?? 0), 0);
  const hanging = processes.filter(({ stalled }) => (stalled ?? 0) > 0).map(({ name }) => displayName(name));
  return w.calls(open, hanging.length > 3 ? [] : hanging, hanging.length);
}

/** Of one account what its row and its log say; of several what each row says. */
function accountsTold({ time, shapes }: View, lanes: readonly Lane[], w: NarratorWords): string {
  const rows = shapesOf(shapes, 'store').flatMap(({ rows: all }) => all);
  const balanceOf = (key: string): string | null => {
    const balance = rows.find((row) => row.key === key && 'balance' in row.fields)?.fields['balance'];
    return typeof balance === 'number' ? ledgerWords.money(balance) : null;
  };
  const date = ledgerWords.date(time);
  const [lane, ...others] = lanes;
  if (others.length === 0)
    return w.account(date, balanceOf(lane.place), ledgerWords.lines(lane.logEnd - lane.logStart));
  return w.accounts(
    date,
    lanes.map(({ place }) => w.rowOf(place, balanceOf(place) ?? ledgerWords.noRow)),
  );
}

function thingsOn(view: View, w: NarratorWords): string[] {
  const lanes = shapesOf(view.shapes, 'lane');
  const stores = shapesOf(view.shapes, 'store');
  const queues = queuesOf(view);
  const topics = [...new Set(lanes.filter(({ keeps }) => keeps === undefined).map(({ place }) => place))];
  const producers = shapesOf(view.shapes, 'process')
    .filter(({ group, desk }) => group === null && desk === undefined)
    .filter((process) => queues.length === 0 || !takes(process))
    .filter((process) => !isStoreHost(process, stores))
    .filter(({ address }) => !lanes.some((lane) => hostOf(lane.address) === address));
  const accounts = lanes.filter(({ keeps }) => keeps === 'account');
  const groups = new Set(shapesOf(view.shapes, 'group').map(({ name }) => name));
  const takers = shapesOf(view.shapes, 'process').filter(
    (process) => takes(process) && !groups.has(process.group ?? ''),
  );
  return [
    ...accounts.map(({ place, logStart, logEnd }) =>
      w.accountLog(place, ledgerWords.lines(logEnd - logStart)),
    ),
    ...topics.map((topic) => {
      const own = lanes.filter(({ place }) => place === topic);
      return w.topic(topic, own.length, own.reduce((sum, { logStart, logEnd }) => sum + logEnd - logStart, 0)); // prettier-ignore
    }),
    ...queues.map(({ name, waiting, held }) => w.queue(name, waiting, held)),
    ...(queues.length > 0 && takers.length > 0
      ? [w.takers(takers.map(({ name }) => displayName(name)))]
      : []),
    ...shapesOf(view.shapes, 'group').map(({ name, members }) => w.group(displayName(name), members.length)),
    ...stores.map(({ name, rowCount }) => w.store(displayName(name), rowCount)),
    ...shapesOf(view.shapes, 'process')
      .filter(({ desk }) => desk !== undefined)
      .map(({ name }) => w.desk(displayName(name))),
    ...(producers.length > 0 ? [w.producers(producers.map(({ name }) => displayName(name)))] : []),
  ];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
