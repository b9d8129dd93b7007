/** What a consumer has to read: given, taken, and what the application is told of it (SubscriptionState, ConsumerRebalanceListenerInvoker). */
import type { RebalanceEvent } from './api';
import { newAssigned, type ConsumerState } from './consumer-state';
import { byPlace, type Place } from './assignors/assignor';

/** How many events a program that never asks is kept waiting for. */
const eventsMax = 1000;

/** From now on it has these and no others; what it had already goes on where it is. */
export function assignPlaces(state: ConsumerState, places: readonly Place[]): void {
  const { assigned } = state;
  state.assigned = new Map(
    places.map(({ topic, partition }) => {
      const fresh = newAssigned(topic, partition);
      return [fresh.name, assigned.get(fresh.name) ?? fresh];
    }),
  );
}

/** The listener is called. */
export function tellRebalance(
  state: ConsumerState,
  is: RebalanceEvent['is'],
  places: readonly Place[],
): void {
  if (state.config.handler !== null) return;
  const partitions = [...places].sort(byPlace).map(({ topic, partition }) => `${topic}-${partition}`);
  state.rebalances = [...state.rebalances, { is, partitions }].slice(-eventsMax);
}

/** Everything it has, in the order of topics and numbers. */
export function placesHeld({ assigned }: ConsumerState): Place[] {
  return [...assigned.values()].map(({ topic, partition }) => ({ topic, partition })).sort(byPlace);
}
