/** What stands on a chain: for each design the one who asks, the API, and everybody who works for an order. */
import type { Address, Lane, Process } from '../../kernel/shape';
import type { View } from '../../scenario/host';
import { isStoreHost, shapesOf } from '../names';

/** One way of handling an order. A scenario may hold two of them, so that the same orders go through both. */
export interface Design {
  readonly id: Address;
  /** Who asks; null where nobody does. */
  readonly client: Process | null;
  /** Who is asked, and asks the others. */
  readonly head: Process;
  /** What the head does by itself, in order, e.g. validate, persist, publish. */
  readonly steps: readonly string[];
  /** How many of these steps come before the answer. */
  readonly stepsBeforeAnswer: number;
  readonly stations: readonly Process[];
  readonly mode: 'series' | 'parallel';
  /** What it publishes to, and who reads there. */
  readonly lanes: readonly Lane[];
  readonly consumers: readonly Process[];
}

export function designsOf(view: View): Design[] {
  const stores = shapesOf(view.shapes, 'store');
  const processes = shapesOf(view.shapes, 'process').filter((process) => !isStoreHost(process, stores));
  const named = new Map(processes.map((process) => [process.address, process]));
  const clients = processes.filter(({ ratePerSecond }) => ratePerSecond !== undefined);
  const asked = clients.flatMap((client) =>
    (client.callees ?? []).flatMap((address) => {
      const head = named.get(address);
      return head ? [{ client, head }] : [];
    }),
  );
  const alone = processes
    .filter((process) => process.callees && !clients.includes(process))
    .filter((process) => !asked.some(({ head }) => head === process))
    .map((head) => ({ client: null, head }));
  return [...asked, ...alone].map(({ client, head }) => designOf(view, processes, named, client, head));
}

function designOf(
  view: View,
  processes: readonly Process[],
  named: ReadonlyMap<Address, Process>,
  client: Process | null,
  head: Process,
): Design {
  const publishes = head.steps.includes('publish');
  const own = head.steps.filter((step) => step !== 'calls' && step !== 'respond');
  const answer = head.steps.indexOf('respond');
  const before = answer < 0 ? head.steps : head.steps.slice(0, answer);
  return {
    id: head.address,
    client,
    head,
    steps: own,
    stepsBeforeAnswer: own.filter((step) => before.includes(step)).length,
    stations: (head.callees ?? []).flatMap((address) => named.get(address) ?? []),
    mode: head.callMode ?? 'series',
    lanes: publishes ? shapesOf(view.shapes, 'lane') : [],
    consumers: publishes ? processes.filter(({ group }) => group !== null) : [],
  };
}
