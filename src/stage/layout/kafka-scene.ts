import type { View } from '../../scenario/host';
import { footerOf, headersOf } from './header';
import { baseline, label } from './placer';
import { planOf, type LayoutOptions, type Plan } from './plan';
import { producersOf } from './producers';
import { routesOf } from './routes';
import type { Item, Label, Scene } from './scene';
import { sidingsOf } from './sidings';
import type { Size } from './size';
import { berthsOf, namesOf, stationsOf } from './stations';
import { storesOf } from './stores';
import { edgeItemsOf } from './edges';
import { stripsOf } from './strips';
import { transactionsOf } from './transactions';
import { wiresOf } from './wires';

/**
 * Where everything of one instant stands: a pure function of the view, the size and the options. What must be read is
 * placed first, what may be left out asks for room afterwards, so texts never cover one another.
 */
export function layout(view: View, size: Size, options: LayoutOptions = {}): Scene {
  const plan = planOf(view, size, options);
  const producers = producersOf(plan);
  const headers = headersOf(plan);
  const berths = berthsOf(plan);
  const names = namesOf(plan, berths);
  const lanes = stripsOf(plan);
  const stores = storesOf(plan, berths);
  const sidings = sidingsOf(plan);
  const stations = stationsOf(plan, berths, names);
  const wires = wiresOf(plan, berths);
  const transactions = transactionsOf(plan);
  const footer = footerOf(plan);
  const items = [
    ...producers.map(({ item }) => item),
    ...transactions.map(({ item }) => item),
    ...lanes.flatMap(({ item, cells, copies, markers }) => [
      item,
      ...[...cells, ...markers, ...(copies?.rows ?? []).flatMap((copy) => [copy, ...copy.cells])].map(
        (one) => one.item,
      ),
    ]),
    ...edgeItemsOf(plan, lanes),
    ...stations.flatMap(({ item, current }) => (current ? [item, current.item] : [item])),
    ...sidings.flatMap(({ flag }) => (flag ? [flag.item] : [])),
    ...stores.flatMap(({ item, rows }) => [item, ...rows.map((row) => row.item)]),
  ].sort(byPlace);
  return {
    size,
    metrics: plan.metrics,
    height: plan.height,
    headers,
    lanes,
    sidings,
    wires,
    stations,
    producers,
    stores,
    transactions,
    footer,
    routes: routesOf(plan, berths, stores),
    items,
    taken: plan.placer.boxes(),
    deep: lanes.some(({ older, newer }) => older > 0 || newer > 0),
    empty: items.length === 0 ? emptyLabel(plan) : null,
  };
}

/** Every text of a scene, with what stands on tokens left out (it is inside its own shape). */
export function labelsOf(scene: Scene): Label[] {
  const { headers, lanes, sidings, wires, stations, producers, stores, transactions, footer, empty } = scene;
  const all: (Label | null | undefined)[] = [
    ...headers.flatMap(({ labels, legend }) => [...labels, ...legend.map((entry) => entry.label)]),
    ...lanes.flatMap(({ label, cells, next, olderLabel, newerLabel, retention, copies, markers, stable }) => [
      label,
      stable?.label,
      ...markers.map(({ caption }) => caption),
      ...(copies?.labels ?? []),
      ...(copies?.numbers ?? []),
      ...(copies?.rows ?? []).flatMap(({ labels, gap }) => [...labels, gap?.label]),
      next,
      olderLabel,
      newerLabel,
      retention?.label,
      ...cells.flatMap(({ offset, caption }) => [offset, caption]),
    ]),
    ...sidings.flatMap(({ flag, lag, sought, notes, shares }) => [
      flag?.label,
      lag?.label,
      sought?.label,
      ...notes,
      ...shares.map(({ label }) => label),
    ]),
    ...wires.map(({ gap }) => gap?.label),
    ...stations.flatMap(({ labels, stops, current, queuedMore }) => [
      ...labels,
      ...stops.map(({ caption }) => caption),
      current?.label,
      queuedMore,
    ]),
    ...producers.flatMap(({ labels, gap }) => [...labels, gap?.label]),
    ...stores.flatMap(({ labels, rows, more, empty, gaps }) => [
      ...labels,
      ...rows.flatMap(({ key, detail }) => [key, detail]),
      more,
      empty?.label,
      ...gaps.map(({ label }) => label),
    ]),
    ...transactions.flatMap(({ labels }) => labels),
    ...footer,
    empty,
  ];
  return all.filter((text): text is Label => Boolean(text));
}

function byPlace(a: Item, b: Item): number {
  return a.row - b.row || a.box.x - b.box.x || (a.id < b.id ? -1 : 1);
}

function emptyLabel({ size, words, height }: Plan): Label {
  return label(size.width / 2, baseline(height / 2, 16), words.emptyStage, {
    size: 16,
    anchor: 'middle',
    tone: 'ink2',
  });
}
