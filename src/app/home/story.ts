/**
 * The front page's figure as a function of history and an instant. Facts are those of the real run; nothing here knows
 * what will happen.
 */
import type { Body, MessageId } from '../../kernel/bodies';
import type { Fact } from '../../kernel/fact';
import { ms, type Time } from '../../kernel/time';
import { charger, commitFlightMs, lane } from './scenario';

/** A payment in the log. */
export interface Payment {
  readonly offset: number;
  readonly message: MessageId;
  readonly label: string;
  readonly item: string;
  readonly cents: number;
  readonly publishedAt: Time;
  readonly appendedAt: Time;
}

/** One delivery of a payment, from the log to the card and back. Infinity: that did not happen. */
export interface Trip {
  readonly payment: Payment;
  /** The group had it before. */
  readonly again: boolean;
  readonly deliveredAt: Time;
  /** The card company had the charge: it wrote it, or had it already. */
  readonly chargedAt: Time;
  /** It had it already. */
  readonly skipped: boolean;
  /** The commit left the consumer, which is where the pin breaks it. */
  readonly leftAt: Time;
  readonly committedAt: Time;
  /** The consumer broke with this in its hands. */
  readonly brokeAt: Time;
}

export interface Crash {
  readonly at: Time;
  readonly upAt: Time;
  /** The group gave up waiting for the member it had lost. */
  readonly givenUpAt: Time;
}

export interface Story {
  readonly payments: readonly Payment[];
  readonly trips: readonly Trip[];
  readonly crash: Crash | null;
  /** Committed offsets, as they came. */
  readonly commits: readonly { readonly at: Time; readonly offset: number }[];
}

/** Kinds of fact that the story is made of. */
export const storyKinds = [
  'published', 'accepted', 'delivered', 'redelivered', 'applied', 'outdated', 'settled', 'rebalanced', 'crashed',
  'restarted',
] as const; // prettier-ignore

/** History → story. `facts` in order, of at least `storyKinds`. */
export function tellStory(facts: readonly Fact[], bodies: readonly Body[]): Story {
  const published = new Map<MessageId, Time>();
  const payments: Payment[] = [];
  const trips: Trip[] = [];
  const commits: { at: Time; offset: number }[] = [];
  let crash = null as Crash | null;
  const change = (index: number, by: Partial<Trip>) => {
    const trip = trips[index];
    if (trip) trips[index] = { ...trip, ...by };
  };
  for (const { kind, type, time, process, subject, message, position } of facts) {
    if (kind === 'published' && message >= 0 && !published.has(message)) published.set(message, time);
    else if (kind === 'accepted' && subject === lane && message >= 0)
      payments.push(payment(message, position, published.get(message) ?? time, time, bodies[message]));
    else if (kind === 'delivered' || kind === 'redelivered')
      trips.push(newTrip(payments[position], kind === 'redelivered', time));
    else if (kind === 'applied' || kind === 'outdated')
      change(lastTrip(trips, message), { chargedAt: time, skipped: kind === 'outdated' });
    else if (kind === 'settled') {
      commits.push({ at: time, offset: position });
      const index = trips.findLastIndex((trip) => trip.payment.offset === position - 1);
      change(index, { leftAt: time - ms(commitFlightMs), committedAt: time });
    } else if (kind === 'crashed' && process === charger) {
      crash = { at: time, upAt: Infinity, givenUpAt: Infinity };
      change(trips.length - 1, { leftAt: time, brokeAt: time });
    } else if (kind === 'restarted' && process === charger && crash) crash = { ...crash, upAt: time };
    else if (type === 'MemberRemoved' && crash) crash = { ...crash, givenUpAt: time };
  }
  return { payments, trips, crash, commits };
}

/** Something on its way through the circuit. `along` goes from 0 to 1 on its leg. */
export interface Traveller {
  readonly trip: Trip;
  readonly leg: 'deliver' | 'charged' | 'commit';
  readonly along: number;
}

/** A line on the card. */
export interface Charge {
  readonly payment: Payment;
  readonly again: boolean;
  readonly skipped: boolean;
  readonly at: Time;
}

/** Everything that is drawn at an instant. */
export interface Moment {
  readonly now: Time;
  /** In the log. */
  readonly payments: readonly Payment[];
  /** On its way from the shop, and how far. */
  readonly arriving: { readonly payment: Payment; readonly along: number } | null;
  /** Next offset to read after a restart. */
  readonly committed: number;
  /** Where the flag stands that says so: it slides there in `flagSlide`. */
  readonly flag: number;
  /** Next offset the consumer reads; null while nobody does. */
  readonly position: number | null;
  readonly travellers: readonly Traveller[];
  readonly charges: readonly Charge[];
  readonly totalCents: number;
  /** What it would be if each payment were charged once. */
  readonly rightCents: number;
  readonly condition: 'working' | 'broken' | 'waiting for the group';
  /** Charged again, or seen to be charged already. */
  readonly repeat: 'none' | 'charged' | 'skipped';
}

export function momentAt(story: Story, now: Time): Moment {
  const { crash } = story;
  const payments = story.payments.filter((payment) => payment.appendedAt <= now);
  const charges = chargesBy(story, now);
  const repeat = charges.find((charge) => charge.again);
  const alive = !crash || now < crash.at || now >= returnOf(story);
  return {
    now,
    payments,
    arriving: arrivingAt(story, now),
    committed: story.commits.findLast((commit) => commit.at <= now)?.offset ?? 0,
    flag: flagAt(story, now),
    position: alive ? positionAt(story, now) : null,
    travellers: story.trips.flatMap((trip) => travellerOf(trip, now) ?? []),
    charges,
    totalCents: charges.reduce((sum, charge) => sum + (charge.skipped ? 0 : charge.payment.cents), 0),
    rightCents: charges.reduce((sum, charge) => sum + (charge.again ? 0 : charge.payment.cents), 0),
    condition: alive ? 'working' : now < crash.upAt ? 'broken' : 'waiting for the group',
    repeat: !repeat ? 'none' : repeat.skipped ? 'skipped' : 'charged',
  };
}

/** When the repeat has reached the card; Infinity when there is none. */
export function repeatAt(story: Story): Time {
  return story.trips.find((trip) => trip.again)?.chargedAt ?? Infinity;
}

/** Committed payments lag behind appended ones by so many, from each time on. */
export function waitingSeries(story: Story): readonly { readonly at: Time; readonly count: number }[] {
  const changes = [
    ...story.payments.map((payment) => ({ at: payment.appendedAt, end: payment.offset + 1, committed: 0 })),
    ...story.commits.map((commit) => ({ at: commit.at, end: 0, committed: commit.offset })),
  ].sort((a, b) => a.at - b.at);
  let [end, committed] = [0, 0];
  const series = [{ at: 0, count: 0 }];
  for (const change of changes) {
    end = Math.max(end, change.end);
    committed = Math.max(committed, change.committed);
    series.push({ at: change.at, count: end - committed });
  }
  return series;
}

/** How long the flag is on its way, in the run's time. */
const flagSlide = ms(450);

function flagAt({ commits }: Story, now: Time): number {
  const index = commits.findLastIndex((commit) => commit.at <= now);
  if (index < 0) return 0;
  const from = commits[index - 1]?.offset ?? 0;
  const rest = 1 - Math.min(1, (now - commits[index].at) / flagSlide);
  // Fast first, then slower: it arrives, it does not hit.
  return from + (commits[index].offset - from) * (1 - rest * rest);
}

function chargesBy(story: Story, now: Time): readonly Charge[] {
  return story.trips
    .filter((trip) => trip.chargedAt <= now)
    .map(({ payment, again, skipped, chargedAt }) => ({ payment, again, skipped, at: chargedAt }));
}

/** The first delivery after the crash, which is when the group reads again. */
function returnOf({ trips, crash }: Story): Time {
  return trips.find((trip) => crash !== null && trip.deliveredAt > crash.at)?.deliveredAt ?? Infinity;
}

/** One past the payment in its hands. */
function positionAt(story: Story, now: Time): number {
  return (story.trips.findLast((trip) => trip.deliveredAt <= now)?.payment.offset ?? -1) + 1;
}

function arrivingAt(story: Story, now: Time): Moment['arriving'] {
  const payment = story.payments.find((one) => one.publishedAt <= now && now < one.appendedAt);
  return payment ? { payment, along: share(now, payment.publishedAt, payment.appendedAt) } : null;
}

function travellerOf(trip: Trip, now: Time): Traveller | null {
  const { deliveredAt, chargedAt, leftAt, committedAt, brokeAt } = trip;
  if (now < deliveredAt || now >= Math.min(committedAt, brokeAt)) return null;
  if (now < chargedAt) return { trip, leg: 'deliver', along: share(now, deliveredAt, chargedAt) };
  if (now < leftAt) return { trip, leg: 'charged', along: share(now, chargedAt, leftAt) };
  return { trip, leg: 'commit', along: share(now, leftAt, committedAt) };
}

/** How far `now` is between the two; a leg that has no end yet is drawn as one of a second. */
function share(now: Time, from: Time, to: Time): number {
  const end = to === Infinity ? from + ms(1000) : to;
  return Math.min(1, (now - from) / (end - from));
}

function payment(
  message: MessageId,
  offset: number,
  publishedAt: Time,
  appendedAt: Time,
  body: Body | undefined,
): Payment {
  const cents = body?.data.cents;
  return {
    offset,
    message,
    label: body?.label ?? '',
    item: body?.key ?? '',
    cents: typeof cents === 'number' ? cents : 0,
    publishedAt,
    appendedAt,
  };
}

function newTrip(payment: Payment, again: boolean, deliveredAt: Time): Trip {
  const never = Infinity;
  return {
    payment,
    again,
    deliveredAt,
    skipped: false,
    chargedAt: never,
    leftAt: never,
    committedAt: never,
    brokeAt: never,
  };
}

function lastTrip(trips: readonly Trip[], message: number): number {
  return trips.findLastIndex((trip) => trip.payment.message === message);
}
