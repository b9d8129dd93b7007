import { describe, expect, test } from 'vitest';
import {
  discRadius,
  ringRadius,
  stationGap,
  tallPlan,
  wideMin,
  widePlan,
  type MapPlan,
} from '../../src/app/map/plan';
import { course } from '../../src/app/words/course.en';
import { map } from '../../src/app/words/map.en';
import { lessons } from '../../src/course/catalogue';
import { textWidth } from '../../src/stage/layout/text-width';

interface Box {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const widths = [wideMin, 1280, 1366, 1440, 1680, 1920];
const pad = (width: number) => (width <= 1360 ? 32 : 48);

/** A line of text whose baseline is at y. */
function text(what: string, words: string, x: number, y: number, size: number, weight: 400 | 600 | 700): Box {
  return {
    what,
    left: x,
    right: x + textWidth(words, size, weight),
    top: y - size * 0.75,
    bottom: y + size * 0.22,
  };
}

/** Lines as the browser breaks them: greedily, which never makes fewer or wider lines than balanced ones. */
function wrap(words: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = [lines.at(-1), word].filter(Boolean).join(' ');
    if (lines.length > 0 && textWidth(longer, 16, 700) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Everything that is written on the plan, in its widest form: bold titles, "not built" instead of minutes. */
function writing(plan: MapPlan): readonly Box[] {
  const boxes: Box[] = [];
  for (const station of plan.stations) {
    const { slug, number } = lessons[station.number - 1];
    const left = station.x - ringRadius;
    wrap(course.lessons[slug].title, station.titleWidth).forEach((line, index) =>
      boxes.push(text(`title ${number}`, line, left, station.y + 39 + index * 18, 16, 700)),
    );
    boxes.push(text(`minutes ${number}`, map.notBuilt, station.x + 27, station.y - 9, 14, 400));
  }
  for (const [part, at] of plan.parts) {
    const { numeral, name } = course.parts[part];
    const width = textWidth(numeral, 18, 700) + 10 + textWidth(name, 18, 600);
    const left = at.centred ? at.x - width / 2 : at.x;
    boxes.push({ what: `part ${name}`, left, right: left + width, top: at.y - 13, bottom: at.y + 4 });
  }
  for (const [branch, at] of plan.branches)
    boxes.push(text(`branch ${branch}`, course.branches[branch]!, at.x, at.y, 16, 600));
  return boxes;
}

function rings(plan: MapPlan): readonly Box[] {
  const r = discRadius + 4;
  return plan.stations.map(({ number, x, y }) => ({
    what: `ring ${number}`,
    left: x - r,
    right: x + r,
    top: y - r,
    bottom: y + r,
  }));
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Straight pieces of the line, as thin boxes; diagonal ones are the corners, 14 px long. */
function pieces(plan: MapPlan): readonly Box[] {
  const found: Box[] = [];
  let from = [0, 0];
  for (const [, letter, x, y] of plan.line.matchAll(/([ML])([-\d.]+),([-\d.]+)/g)) {
    const to = [Number(x), Number(y)];
    if (letter === 'L')
      found.push({
        what: `line ${from.join()} to ${to.join()}`,
        left: Math.min(from[0], to[0]) - 1,
        right: Math.max(from[0], to[0]) + 1,
        top: Math.min(from[1], to[1]) - 1,
        bottom: Math.max(from[1], to[1]) + 1,
      });
    from = to;
  }
  return found;
}

const isStraight = (box: Box) => box.right - box.left < 3 || box.bottom - box.top < 3;

describe.each(widths)('the wide plan, %i px', (width) => {
  const plan = widePlan(width, 0, pad(width));
  const words = writing(plan);

  test('writes nothing over anything else', () => {
    const all = [...words, ...rings(plan)];
    const overlaps = all.flatMap((a, index) =>
      all
        .slice(index + 1)
        .filter((b) => touch(a, b))
        .map((b) => `${a.what} × ${b.what}`),
    );
    expect(overlaps).toEqual([]);
  });

  test('writes nothing over the line', () => {
    const line = pieces(plan).filter(isStraight);
    const overlaps = words.flatMap((a) =>
      line.filter((b) => touch(a, b)).map((b) => `${a.what} × ${b.what}`),
    );
    expect(overlaps).toEqual([]);
  });

  test('stays on the page', () => {
    for (const box of words) {
      expect(box.left, box.what).toBeGreaterThanOrEqual(pad(width));
      expect(box.right, box.what).toBeLessThanOrEqual(width - pad(width) + 1);
      expect(box.bottom, box.what).toBeLessThanOrEqual(plan.height);
    }
  });

  test('leads the line through every station', () => {
    const line = pieces(plan).filter(isStraight);
    for (const { number, x, y } of plan.stations) {
      const through = line.some(
        (piece) => piece.left <= x && x <= piece.right && piece.top <= y && y <= piece.bottom,
      );
      expect(through, `station ${number}`).toBe(true);
    }
  });

  test('gives no title more than two lines', () => {
    for (const { number, titleWidth } of plan.stations)
      expect(
        wrap(course.lessons[lessons[number - 1].slug].title, titleWidth).length,
        `title ${number}`,
      ).toBeLessThanOrEqual(2);
  });
});

test('a taller window spreads the rows, up to a limit, and no lower one squeezes them', () => {
  const height = (available: number) => widePlan(1440, available, 48).height;
  expect(height(200)).toBe(height(690));
  expect(height(800)).toBe(800);
  expect(height(3000)).toBe(height(1000));
});

describe('the tall plan', () => {
  const middles = lessons.map((_, index) => 60 + index * 76);
  const plan = tallPlan(middles);

  test('has each station at its row', () => {
    expect(plan.stations.map((station) => station.y)).toEqual(middles);
  });

  test('puts the branches of a fork into lanes beside each other', () => {
    const lane = (number: number) => plan.stations[number - 1].x;
    expect(lane(4)).toBe(lane(1));
    expect(lane(6)).toBe(lane(7));
    expect(new Set([lane(4), lane(6), lane(8)]).size).toBe(3);
    expect(new Set([lane(18), lane(19), lane(20), lane(22)]).size).toBe(4);
    expect(lane(10)).toBe(lane(1));
  });

  test('is no wider than the room beside the titles', () => {
    expect(plan.width + stationGap).toBeLessThanOrEqual(140);
  });

  test('waits for the rows before it draws', () => {
    expect(tallPlan([]).stations).toEqual([]);
  });
});
