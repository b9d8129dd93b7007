import { describe, expect, test } from 'vitest';
import { seconds } from '../../src/kernel/time';
import type { View } from '../../src/scenario/host';
import { chainLabels, chainLayout } from '../../src/stage/chain/chain-scene';
import * as drawn from '../../src/stage/chain/fixtures';
import { movingOf } from '../../src/stage/chain/moving';
import { movingItems } from '../../src/stage/chain/moving-items';
import type { ChainScene } from '../../src/stage/chain/scene';
import { chainWords } from '../../src/stage/chain/words.en';
import { neighbour } from '../../src/stage/layout/focus';
import { boxOf, overlap } from '../../src/stage/layout/placer';
import type { Box } from '../../src/stage/layout/scene';
import type { Size } from '../../src/stage/layout/size';
import { shapesOf } from '../../src/stage/names';
import { pictureFor } from '../../src/stage/pictures';

const sizes: Size[] = [
  { width: 984, height: 340, mode: 'wide' },
  { width: 872, height: 210, mode: 'tight' },
  { width: 872, height: 120, mode: 'tight' },
  { width: 390, height: 326, mode: 'phone' },
];
const [desk] = sizes;
const instants: Readonly<Record<string, () => View>> = {
  drawn: drawn.drawnChain,
  troubled: drawn.troubledChain,
  parallel: drawn.parallelChain,
  burst: drawn.burst,
  short: drawn.shortChain,
  event: drawn.eventDesign,
  both: drawn.beforeAfter,
  idle: () => drawn.callChain(),
};
const backlogs = new Map(drawn.measuredBacklog.lines.map((line) => [line.group, line]));

/** Half a pixel of a side bearing is not a collision. */
function shrunk({ x, y, width, height }: Box): Box {
  return { x: x + 0.5, y: y + 1.5, width: width - 1, height: height - 3 };
}

function faults(scene: ChainScene): string[] {
  const labels = chainLabels(scene);
  const boxes = labels.map(boxOf);
  const found: string[] = [];
  boxes.forEach((box, index) => {
    const { text } = labels[index];
    if (
      box.x < -0.5 ||
      box.y < -0.5 ||
      box.x + box.width > scene.size.width + 0.5 ||
      box.y + box.height > scene.height + 0.5
    )
      found.push(`"${text}" is outside`);
    for (let other = index + 1; other < boxes.length; other++)
      if (overlap(shrunk(box), shrunk(boxes[other]))) found.push(`"${text}" and "${labels[other].text}"`);
  });
  return found;
}

describe('texts of a chain', () => {
  test.each(Object.entries(instants))('stay apart and on the drawing at every size: %s', (_, view) => {
    for (const size of sizes) expect([size.width, size.height, ...faults(chainLayout(view(), size, { backlogs }))]).toEqual([size.width, size.height]); // prettier-ignore
  });

  test('are never smaller than 14 px, and every stop has its name', () => {
    for (const size of sizes) {
      const scene = chainLayout(drawn.drawnChain(), size);
      for (const { text, size: px } of chainLabels(scene)) expect([text, px >= 14]).toEqual([text, true]);
      for (const { labels, item } of scene.designs[0].stops)
        expect([item.id, labels.length > 0]).toEqual([item.id, true]);
    }
  });

  test('say what is wrong in words', () => {
    const texts = chainLabels(chainLayout(drawn.troubledChain(), desk)).map(({ text }) => text);
    expect(texts).toContain('DOWN 42 s');
    expect(texts).toContain('crashed');
    expect(texts).toContain('cut');
    expect(texts).toContain('41 failed');
    expect(texts.some((text) => text.startsWith('stalled 8.4 s'))).toBe(true);
  });

  test('say of a service how often it answered with an error', () => {
    const view = drawn.callChain({ audit: drawn.serviceOf('audit', [], { errors: 2 }) });
    const texts = chainLabels(chainLayout(view, desk)).map(({ text }) => text);
    expect(texts).toContain('2 errors');
  });

  test('say of each design what failed in it, and nothing of the other', () => {
    const view = drawn.beforeAfter();
    const client = shapesOf(view.shapes, 'process').find(({ callees }) => callees?.length === 2)!;
    const shapes = view.shapes.map((shape) =>
      shape === client ? { ...client, failed: 600, failedBy: { [client.callees![0]]: 600 } } : shape,
    );
    const { designs } = chainLayout({ ...view, shapes }, desk);
    const told = designs.map(({ stops }) => stops.flatMap(({ labels }) => labels.map(({ text }) => text)));
    expect(told.map((texts) => texts.includes('600 failed'))).toEqual([true, false]);
  });
});

describe('what can be chosen', () => {
  test('has ids of its own and is at least 24 px high and wide', () => {
    for (const [name, view] of Object.entries(instants)) {
      for (const size of sizes) {
        const { items } = chainLayout(view(), size);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        for (const { id, box } of items)
          expect([name, id, box.width >= 24 && box.height >= 24]).toEqual([name, id, true]);
      }
    }
  });

  test('lies along the line: right and left from service to service, down to the way back', () => {
    const { items } = chainLayout(drawn.drawnChain(), desk);
    expect(neighbour(items, 'process/payment', 'right')?.id).toBe('process/inventory');
    expect(neighbour(items, 'process/payment', 'down')?.id).toBe('process/audit');
    expect(items.find(({ id }) => id === 'process/recommendations')?.name).toBe(
      'recommendations, service 12 of 14, up, 1 in hand',
    );
    expect(items.find(({ id }) => id === 'stalled/recommendations')?.name).toBe(
      'OC849 hangs at recommendations for 8.4 s',
    );
  });
});

describe('orders on the line', () => {
  const places = (view: View, options = {}) => movingOf(chainLayout(view, desk), view, options).tokens;

  test('pass through the service that works on them, without a jump', () => {
    const at = (share: number) => {
      const view = drawn.callChain({ tax: drawn.serviceOf('tax', [drawn.inHand(1, share, 1 - share)]) });
      return places(view)[0];
    };
    const shares = [0, 0.25, 0.5, 0.75, 1].map(at);
    const tax = chainLayout(drawn.callChain(), desk).designs[0].stops.find(
      ({ item }) => item.id === 'process/tax',
    )!;
    expect(Math.hypot(shares[2].x - tax.x, shares[2].y - tax.y)).toBeLessThan(1);
    expect(shares[0].x).toBeLessThan(shares[1].x);
    expect(shares[1].x).toBeLessThan(tax.x);
    expect(shares[4].y).toBeGreaterThan(tax.y);
  });

  test('that hang have a ring of their own and are not drawn twice', () => {
    expect(places(drawn.drawnChain()).map(({ face }) => face.label)).not.toContain('OC849');
    const { stops } = chainLayout(drawn.drawnChain(), desk).designs[0];
    expect(stops.flatMap(({ stalled }) => stalled?.text ?? [])).toEqual(['849']);
  });

  test('keep clear of the number of one that hangs', () => {
    const hung = drawn.inHand(2, 5, 4, { stalled: true });
    const view = drawn.callChain({ tax: drawn.serviceOf('tax', [hung, drawn.inHand(1, 0.1, 0.1)]) });
    const { stalled } = chainLayout(view, desk).designs[0].stops.find(
      ({ item }) => item.id === 'process/tax',
    )!;
    const [token] = places(view);
    expect(Math.hypot(token.x - stalled!.x, token.y - stalled!.y)).toBeGreaterThan(
      stalled!.ring + token.radius,
    );
  });

  test('stand before a service instead of gliding, where motion is unwanted', () => {
    const still = (ago: number) => {
      const view = drawn.callChain({ tax: drawn.serviceOf('tax', [drawn.inHand(1, ago, 1 - ago)]) });
      return places(view, { reducedMotion: true })[0];
    };
    expect([still(0.1).x, still(0.1).y]).toEqual([still(0.9).x, still(0.9).y]);
  });

  test('too many to draw are a band, and every service says how many it has', () => {
    const view = drawn.burst();
    const drawing = movingOf(chainLayout(view, desk), view);
    expect(drawing.tokens).toEqual([]);
    expect(drawing.bands.length).toBe(14);
    const texts = chainLabels(chainLayout(view, desk)).map(({ text }) => text);
    expect(texts).toContain('410 here');
    expect(texts).toContain('690 orders open');
  });

  test('say where they are to those who hear the stage', () => {
    const view = drawn.drawnChain();
    const names = movingItems(movingOf(chainLayout(view, desk), view), chainWords).map(({ name }) => name);
    expect(names).toContain('OC888, at inventory');
  });
});

describe('the event design', () => {
  test('shows what waits for each of fourteen consumers', () => {
    for (const size of sizes) {
      const texts = chainLabels(chainLayout(drawn.eventDesign(), size, { backlogs })).map(({ text }) => text);
      expect(texts).toContain('600 waiting');
      expect(texts.filter((text) => text.endsWith('waiting') || text.includes('clear in')).length).toBe(14);
    }
  });

  test('stands below the chain it replaces, under headings', () => {
    const { designs } = chainLayout(drawn.beforeAfter(), { width: 984, height: 400, mode: 'wide' });
    expect(designs.map(({ title }) => title?.text)).toEqual(['Before', 'After']);
    expect(designs[1].stops[0].y).toBeGreaterThan(designs[0].stops[0].y);
  });
});

test('calls are drawn as a chain unless the lesson says otherwise', () => {
  expect(pictureFor(drawn.drawnChain(), null)).toBe('chain');
  expect(pictureFor(drawn.drawnChain(), 'log')).toBe('log');
  expect(pictureFor({ ...drawn.drawnChain(), time: seconds(1), shapes: [] }, null)).toBe('log');
});
