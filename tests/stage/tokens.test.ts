import { describe, expect, test } from 'vitest';
import { seconds } from '../../src/kernel/time';
import { face, laneAddress, tokenOf } from '../../src/stage/fixture-shapes';
import { drawnInstant } from '../../src/stage/fixtures';
import { swarm, troubled } from '../../src/stage/fixtures-stress';
import { layout } from '../../src/stage/layout/kafka-scene';
import { boxOf, overlap } from '../../src/stage/layout/placer';
import type { Size } from '../../src/stage/layout/size';
import { drawList, labelsMax, roadOf, shareOf, shapesMax } from '../../src/stage/tokens/draw-list';
import { itemsOf } from '../../src/stage/tokens/items';
import { stageWords } from '../../src/stage/words.en';
import type { View } from '../../src/scenario/host';

const desk: Size = { width: 984, height: 490, mode: 'wide' };
const drawing = (view: View, reducedMotion = false) =>
  drawList(layout(view, desk), view, { reducedMotion, nth: stageWords.nth });

describe('the place of a token', () => {
  test('is its share of the way between sending and arrival', () => {
    const token = tokenOf('t', 'a', 'b', ['OC01'], { sentAt: 100, arrivesAt: 300 });
    expect([50, 100, 150, 300, 400].map((now) => shareOf(token, now))).toEqual([0, 0, 0.25, 1, 1]);
  });

  test('follows the drawn wire round its corners', () => {
    const road = roadOf([
      { x: 0, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 40 },
    ]);
    expect(road.length).toBe(70);
    expect(road.at(0.5)).toEqual({ x: 30, y: 5 });
    expect(road.at(2)).toEqual({ x: 30, y: 40 });
  });

  test('depends on nothing but the view: the same instant is the same picture', () => {
    expect(drawing(drawnInstant())).toEqual(drawing(drawnInstant()));
  });

  test('of a record starts at its producer and ends at the open end of its lane', () => {
    const view = drawnInstant();
    const scene = layout(view, desk);
    const road = scene.routes.get(`shop-api>${laneAddress(1)}`)!;
    expect(road[0]).toEqual({ x: scene.producers[0].x, y: scene.producers[0].y });
    expect(road.at(-1)!.y).toBe(scene.lanes[1].y + scene.lanes[1].height / 2);
  });
});

describe('what a token says', () => {
  test('a second delivery says so', () => {
    const again = drawing(drawnInstant()).tokens.find(({ face }) => face.label === 'SK12')!;
    expect(again.delivery).toBe(2);
    expect(again.label?.text).toBe('SK12 2nd');
  });

  test('its label stands free of everything that is drawn', () => {
    const view = drawnInstant();
    const scene = layout(view, desk);
    for (const { label } of drawList(scene, view).tokens) {
      if (label) expect(scene.taken.filter((box) => overlap(box, boxOf(label)))).toEqual([]);
    }
  });

  test('it can be chosen by its name', () => {
    expect(itemsOf(drawing(drawnInstant()), stageWords).map(({ name }) => name)).toContain(
      'SK12, stock, under way, 2nd',
    );
  });
});

test('what a cut holds back stands in one place before the gap, with a count', () => {
  const view = troubled();
  const more = {
    ...view,
    tokens: [
      ...view.tokens,
      tokenOf('held2', 'shop-api', laneAddress(2), ['OC41'], { held: true, arrivesAt: Infinity }),
    ],
  };
  const held = drawing(more).tokens.filter((token) => token.held);
  expect(held.map(({ face, behind }) => [face.label, behind])).toEqual([['OC40', 1]]);
});

describe('level of detail', () => {
  const many = (count: number): View => {
    const lanes = [0, 1, 2].map(laneAddress);
    const roads = [...lanes.map((lane) => [lane, 'cache']), ...lanes.map((lane) => ['shop-api', lane])] as [
      string,
      string,
    ][];
    const tokens = Array.from({ length: count }, (_, at) =>
      tokenOf(`t${at}`, ...roads[at % roads.length], [`OC${at}`]),
    );
    return drawnInstant({ tokens });
  };

  test('names up to 300 tokens, draws shapes up to 1,000', () => {
    expect(drawing(many(labelsMax)).detail).toBe('label');
    expect(drawing(swarm(400)).detail).toBe('shape');
    expect(drawing(swarm(400)).tokens.every(({ label }) => label === null)).toBe(true);
  });

  test('turns a road with more than 150 into a band with its number', () => {
    const { bands, tokens } = drawing(many(shapesMax + 200));
    expect(bands.map(({ label }) => label.text)).toEqual(Array.from({ length: 6 }, () => '200'));
    expect(tokens).toEqual([]);
  });

  test('draws the records of one answer one behind the other', () => {
    const faces = ['OC01', 'OC02', 'OC03'];
    const view = drawnInstant({
      tokens: [tokenOf('t', laneAddress(0), 'cache', faces, { sentAt: seconds(17) })],
    });
    const { tokens } = drawing(view);
    expect(tokens.map((token) => token.face.label)).toEqual(faces.map((words) => face(words).label));
    expect(new Set(tokens.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  });
});

test('without motion tokens stand where they left, on a trail numbered by arrival', () => {
  const view = drawnInstant();
  const later = { ...view, time: view.time + 50_000 };
  const still = drawing(view, true);
  expect(still.tokens.map(({ x, y }) => [x, y])).toEqual(
    drawing(later, true).tokens.map(({ x, y }) => [x, y]),
  );
  expect(still.trails.length).toBe(4);
  expect(still.tokens.find(({ face }) => face.label === 'PR31')?.label?.text).toMatch(/^1\./);
});
