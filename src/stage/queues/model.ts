/** What stands on a stage of queues: who publishes, what routes, where messages wait and where they end, who takes them. */
import type { Address, Lane, Pile, Process, Stack, Store, Switch } from '../../kernel/shape';
import type { View } from '../../scenario/host';
import { isStoreHost, shapesOf } from '../names';

export type Queue = Stack | Pile | Lane;

export interface Model {
  readonly view: View;
  readonly sources: readonly { readonly process: Process; readonly to: readonly Address[] }[];
  /** Exchanges that are not drawn, since they lead to any queue by its name: who publishes to them leads there itself. */
  readonly passed: readonly Address[];
  /** Those that are published to, or led to; from the first to the last. */
  readonly switches: readonly Switch[];
  /** Only dead letters come to these. */
  readonly deadSwitches: readonly Switch[];
  readonly queues: readonly Queue[];
  /** Only dead letters come to these, and nobody takes them. */
  readonly graves: readonly (Stack | Pile)[];
  readonly consumers: readonly { readonly process: Process; readonly reads: readonly Address[] }[];
  readonly deaths: readonly Death[];
  /** What consumers write to, and others read. */
  readonly stores: readonly Store[];
}

/** The way of dead letters: from a queue, past an exchange where there is one, to where they are kept. */
export interface Death {
  readonly from: Stack | Pile;
  readonly past: Switch | null;
  readonly to: readonly Address[];
}

export function modelOf(view: View): Model {
  const all = shapesOf(view.shapes, 'switch');
  const kept = [
    ...shapesOf(view.shapes, 'stack'),
    ...shapesOf(view.shapes, 'pile'),
    ...shapesOf(view.shapes, 'lane'),
  ];
  const queues = kept.filter((one): one is Stack | Pile => one.shape !== 'lane');
  const deaths = queues.flatMap((queue) => deathsOf(queue, all, queues));
  const stores = shapesOf(view.shapes, 'store');
  const processes = shapesOf(view.shapes, 'process').filter((process) => !isStoreHost(process, stores));
  const consumers = processes.flatMap((process) => {
    const reads = readsOf(process, kept);
    return reads === null ? [] : [{ process, reads }];
  });
  const published = new Set(processes.flatMap(({ publishesTo = [] }) => publishesTo));
  const deadSwitches = all.filter((one) => isDead(one, all, deaths, published));
  const alive = all.filter((one) => !deadSwitches.includes(one));
  const passed = alive.filter((one) => one.name === '' && !isLedTo(one, all));
  const switches = inOrder(alive.filter((one) => !passed.includes(one)));
  const read = new Set(consumers.flatMap(({ reads }) => reads));
  const bound = new Set(switches.flatMap(({ routes }) => routes.map(({ to }) => to)));
  const dying = new Set(deaths.flatMap(({ to }) => to));
  const isGrave = ({ address }: Queue) =>
    dying.has(address) && !bound.has(address) && !read.has(address) && !published.has(address);
  const sources = processes
    .filter((process) => !consumers.some((one) => one.process === process))
    .map((process) => ({ process, to: targetsOf(process, switches, kept, passed, (queue) => !bound.has(queue.address) && !dying.has(queue.address)) })); // prettier-ignore
  return {
    view,
    sources,
    passed: passed.map(({ address }) => address),
    switches,
    deadSwitches,
    queues: kept.filter((queue) => !isGrave(queue)),
    graves: queues.filter(isGrave),
    consumers,
    deaths,
    stores,
  };
}

function isLedTo({ address }: Switch, all: readonly Switch[]): boolean {
  return all.some(
    ({ routes, alternate }) => alternate === address || routes.some(({ to }) => to === address),
  );
}

function deathsOf(
  queue: Stack | Pile,
  all: readonly Switch[],
  queues: readonly (Stack | Pile)[],
): readonly Death[] {
  if (queue.deadLetter === null) return [];
  if ('queue' in queue.deadLetter) return [{ from: queue, past: null, to: [queue.deadLetter.queue] }];
  const { exchange, routingKey } = queue.deadLetter;
  const past = all.find(({ address }) => address === exchange) ?? null;
  if (past && past.name !== '') return [{ from: queue, past, to: past.routes.map(({ to }) => to) }];
  const named = queues.find((one) => one.shape === 'stack' && one.name === routingKey);
  return [{ from: queue, past: null, to: named ? [named.address] : [] }];
}

function isDead(
  one: Switch,
  all: readonly Switch[],
  deaths: readonly Death[],
  published: ReadonlySet<Address>,
): boolean {
  if (one.name === '' || published.has(one.address)) return false;
  return !isLedTo(one, all) && deaths.some(({ past }) => past?.address === one.address);
}

/** Each after all that lead to it; where they lead in a circle, as they came. */
function inOrder(switches: readonly Switch[]): Switch[] {
  const depth = new Map<Address, number>(switches.map(({ address }) => [address, 0]));
  for (let pass = 0; pass < switches.length; pass++)
    for (const { address, routes, alternate } of switches)
      for (const to of [...routes.map((route) => route.to), ...(alternate ? [alternate] : [])]) {
        const known = depth.get(to);
        if (known !== undefined && to !== address && pass < switches.length - 1)
          depth.set(to, Math.max(known, Math.min(switches.length, (depth.get(address) ?? 0) + 1)));
      }
  return switches.toSorted((a, b) => (depth.get(a.address) ?? 0) - (depth.get(b.address) ?? 0));
}

/** Where it reads; null for who reads nothing. */
function readsOf(process: Process, queues: readonly Queue[]): readonly Address[] | null {
  const { owns, slots, group, environments, address, steps } = process;
  const known = new Set([...owns, ...(slots?.messages ?? []).map(({ queue }) => queue)]);
  for (const queue of queues) {
    if (queue.shape === 'stack' && queue.consumers.some((one) => one.process === address))
      known.add(queue.address);
    if (queue.shape === 'pile' && queue.polling.some((one) => one.process === address))
      known.add(queue.address);
  }
  if (known.size > 0 || slots || environments || group !== null || steps.includes('receive'))
    return [...known];
  return null;
}

/** Where it is known to publish; else, to whatever nothing else leads to. */
function targetsOf(
  { publishesTo = [] }: Process,
  switches: readonly Switch[],
  queues: readonly Queue[],
  passed: readonly Switch[],
  isOpen: (queue: Queue) => boolean,
): readonly Address[] {
  const isPassed = (to: Address): boolean => passed.some(({ address }) => address === to);
  const byName = queues.filter(isOpen).map(({ address }) => address);
  if (publishesTo.length > 0) return publishesTo.flatMap((to) => (isPassed(to) ? byName : [to]));
  const led = new Set(
    switches.flatMap(({ routes, alternate }) => [...routes.map(({ to }) => to), alternate]),
  );
  const first = switches.filter(({ address }) => !led.has(address));
  // What nothing is bound to is published to by its name.
  const isByName = first.length === 0 || passed.some(({ published }) => published > 0);
  return [...first.map(({ address }) => address), ...(isByName ? byName : [])];
}
