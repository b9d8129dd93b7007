/**
 * Fair queues: on a standard queue a MessageGroupId names a tenant. One that has too much in flight is a noisy neighbour,
 * and everybody else's messages go before its own; nothing is blocked or ordered. Thresholds as documented (developer
 * guide, "Amazon SQS fair queues", details), where they are said to be approximate; a share of processing time, which
 * makes noisy too, is not measured.
 */
import { seconds, type Time } from '../../../kernel/time';
import type { Entry } from './message';
import { addRank, newRanks, takeRank } from './ranks';
import type { Queue, Tenant } from './state';

const leastInFlight = 30;
const shareInFlight = 0.1;
const quietAfter = seconds(300);

/** Keeps a tenant's numbers while one of its messages changes, comes (from null) or goes (to null). */
export function tenantChanged(queue: Queue, from: Entry | null, to: Entry | null, now: Time): void {
  const name = (to ?? from)?.sent.group ?? null;
  if (name === null) return;
  let tenant = queue.tenants.get(name);
  if (tenant === undefined) {
    tenant = { name, inFlight: 0, backlog: 0, lastSentAt: now, ranks: null };
    queue.tenants.set(name, tenant);
  }
  if (from === null) tenant.lastSentAt = now;
  else add(tenant, from, -1);
  if (to !== null) add(tenant, to, 1);
  if (tenant.backlog === 0) dissolve(queue, tenant);
  if (tenant.inFlight === 0 && tenant.backlog === 0) queue.tenants.delete(name);
  else if (to?.state === 'in flight' && isNoisy(queue, tenant)) tenant.ranks ??= newRanks();
}

function add(tenant: Tenant, { state }: Entry, by: number): void {
  if (state === 'in flight') tenant.inFlight += by;
  else tenant.backlog += by;
}

/** Nothing of it can be given; numbers of what is hidden may still stand in its ranks. */
function dissolve(queue: Queue, tenant: Tenant): void {
  if (tenant.ranks === null) return;
  for (let one = takeRank(tenant.ranks); one !== -1; one = takeRank(tenant.ranks)) {
    const entry = queue.messages.get(one);
    if (entry !== undefined) queue.messages.set(one, { ...entry, isRanked: false });
  }
  tenant.ranks = null;
}

function isNoisy(queue: Queue, { inFlight, backlog }: Tenant): boolean {
  return backlog > 0 && inFlight >= leastInFlight && inFlight > shareInFlight * queue.inFlight;
}

/** Whose turn it is among the noisy: the one with least in flight that has something to give. */
export function quietestNoisy(queue: Queue, without: ReadonlySet<string>): Tenant | null {
  let least: Tenant | null = null;
  for (const tenant of queue.tenants.values()) {
    if (tenant.ranks === null || without.has(tenant.name)) continue;
    if (least === null || tenant.inFlight < least.inFlight) least = tenant;
  }
  return least;
}

/** Who has sent nothing for a while is quiet again: its messages are among everybody's. */
export function calmDown(queue: Queue, now: Time): void {
  for (const tenant of queue.tenants.values()) {
    if (tenant.ranks === null || now - tenant.lastSentAt < quietAfter) continue;
    for (let one = takeRank(tenant.ranks); one !== -1; one = takeRank(tenant.ranks))
      addRank(queue.ranks, one);
    tenant.ranks = null;
  }
}
