/** The road of each token that is under way: along the wires that are drawn, never across the picture. */
import type { Token } from '../../kernel/shape';
import { hostOf } from '../names';
import { roadInside } from './feeds';
import type { Plan } from './plan';
import { pathInto } from './producers';
import type { StoreFigure } from './scene';
import { standOf, wireStart } from './stand';
import type { Berth } from './stations';
import { linkPath } from './stores';
import { roadTo, type Path } from './wires';

export function routesOf(
  plan: Plan,
  berths: readonly Berth[],
  stores: readonly StoreFigure[],
): ReadonlyMap<string, Path> {
  const routes = new Map<string, Path>();
  for (const { from, to } of plan.view.tokens) {
    const key = routeKey(from, to);
    if (routes.has(key)) continue;
    const path =
      roadInside(plan, from, to) ??
      roadBetween(plan, berths, stores, from, to) ??
      reversed(roadBetween(plan, berths, stores, to, from));
    if (path) routes.set(key, path);
  }
  return routes;
}

export function routeKey(from: Token['from'], to: Token['to']): string {
  return `${from}>${to}`;
}

function reversed(path: Path | null): Path | null {
  return path ? path.toReversed() : null;
}

/** In the direction of the data: producer into lane, lane to consumer, consumer to store. */
function roadBetween(
  plan: Plan,
  berths: readonly Berth[],
  stores: readonly StoreFigure[],
  from: string,
  to: string,
): Path | null {
  const producer = plan.producers.findIndex(({ address }) => address === from);
  if (producer >= 0) {
    const lane = plan.lanes.find((candidate) => candidate.lane.address === to) ?? laneOfBroker(plan, to);
    return lane ? pathInto(plan, producer, lane) : null;
  }
  const lane = plan.lanes.find((candidate) => candidate.lane.address === from);
  const reader = berths.find(({ process }) => process.address === to);
  if (lane && reader) {
    return roadTo(plan, lane, reader.group, reader, wireStart(plan, lane, standOf(plan, lane, reader.group)));
  }
  const writer = berths.find(({ process }) => process.address === from);
  const store = stores.find(
    (candidate) => candidate.store.address === to || hostOf(candidate.store.address) === to,
  );
  return writer && store && plan.metrics.mode !== 'phone' ? linkPath(plan, writer, store.y) : null;
}

/** A request that names no lane goes to the broker's first. */
function laneOfBroker(plan: Plan, broker: string) {
  return plan.lanes.find(({ lane }) => hostOf(lane.address) === broker);
}
