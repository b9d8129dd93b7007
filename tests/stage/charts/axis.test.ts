import { describe, expect, test } from 'vitest';
import { ms, seconds } from '../../../src/kernel/time';
import { clusters, faultSpans, nextOf, placeMarks, type AxisMark } from '../../../src/stage/charts/marks';
import { stepLine, valueAt } from '../../../src/stage/charts/step-line';
import { timeTicks } from '../../../src/stage/charts/ticks';
import { TimeAxis } from '../../../src/stage/charts/time-axis.svelte';

const mark = (at: number, sign: AxisMark['sign'] = 'change', label = ''): AxisMark => ({
  time: seconds(at),
  sign,
  label,
  title: label,
  fact: null,
  subject: 'search-b',
});
/** 20 px a second from 100 px on. */
const x = (time: number) => 100 + (time / 1e6) * 20;

describe('ticks', () => {
  test('are counted in the unit of the stretch, with small ones between', () => {
    const labels = (to: number, width: number) =>
      timeTicks(0, to, width).flatMap(({ label }) => (label === null ? [] : [label]));
    expect(labels(seconds(24), 500)).toEqual(['0:00', '0:05', '0:10', '0:15', '0:20']);
    expect(labels(ms(40), 500)).toEqual(['0:00.000', '0:00.010', '0:00.020', '0:00.030', '0:00.040']);
    expect(labels(seconds(14 * 86_400), 600)).toEqual(['0:00', '7 d 00:00:00', '14 d 00:00:00']); // prettier-ignore
    expect(timeTicks(0, seconds(5), 120)).toHaveLength(6);
  });

  test('begin where the stretch begins', () => {
    expect(timeTicks(seconds(12.3), seconds(13.1), 400)[0]).toEqual({ time: seconds(12.3), label: null });
  });
});

describe('marks', () => {
  test('closer than a finger share one target', () => {
    const found = clusters([mark(5), mark(1), mark(1.5), mark(2.3), mark(3.5)], x);
    expect(found.map(({ marks, x: at }) => [marks.length, at])).toEqual([
      [2, 120],
      [1, 146],
      [1, 170],
      [1, 200],
    ]);
    for (let index = 1; index < found.length; index++) {
      expect(found[index].x - found[index - 1].x).toBeGreaterThanOrEqual(24);
    }
  });

  test('a press goes to the next of them, and round', () => {
    const [cluster] = clusters([mark(1), mark(1.5)], x);
    expect(nextOf(cluster, 0).time).toBe(seconds(1));
    expect(nextOf(cluster, seconds(1)).time).toBe(seconds(1.5));
    expect(nextOf(cluster, seconds(2)).time).toBe(seconds(1));
  });

  test('trouble is drawn before everything else, and names never cover each other', () => {
    const bounds = { x: 0, y: 0, width: 600, height: 24 };
    const placed = placeMarks(
      [
        mark(1, 'redelivery', 'again'),
        mark(1.2, 'fault', 'B crashes'),
        mark(11, 'change', 'publish 1/s'),
        mark(12, 'seek', 'seek'),
      ],
      x,
      bounds,
      { size: 13 },
    );
    expect(placed.map(({ mark: { sign } }) => sign)).toEqual(['fault', 'change', 'seek']);
    expect(placed[0].label).toMatchObject({ text: 'B crashes', tone: 'red', anchor: 'start' });
    expect(placed[1].label).toMatchObject({ anchor: 'end' });
  });

  test('a fault lasts until the same thing is healed', () => {
    const at = (time: number, sign: AxisMark['sign'], subject: string) => ({ time, sign, subject });
    expect(
      faultSpans([
        at(1, 'fault', 'a'),
        at(2, 'fault', 'b'),
        at(3, 'healed', 'a'),
        at(4, 'healed', 'c'),
        at(5, 'fault', 'a'),
      ]),
    ).toEqual([
      { subject: 'a', from: 1, to: 3 },
      { subject: 'b', from: 2, to: null },
      { subject: 'a', from: 5, to: null },
    ]);
  });
});

describe('measures', () => {
  const series = { name: 'search', times: [seconds(2), seconds(4), seconds(8)], values: [2, 1, 6] };

  test('hold their value until the next change', () => {
    expect([1, 2, 3.9, 4, 9].map((at) => valueAt(series, seconds(at)))).toEqual([null, 2, 2, 1, 6]);
  });

  test('are drawn to now, and dotted to what is recorded', () => {
    const drawn = stepLine(series, x, { now: seconds(5), frontier: seconds(9), bottom: 24, top: 0 });
    expect(drawn.past).toMatch(/^M140,16L180,16L180,20L200,20(L200,20)?$/);
    expect(drawn.later).toMatch(/^M200,20L260,20L260,0L280,0(L280,0)?$/);
    expect(drawn.value).toBe(1);
    expect(stepLine(series, x, { now: seconds(9), frontier: seconds(9), bottom: 24, top: 0 }).later).toBe('');
  });
});

describe('the axis', () => {
  function axis() {
    const subject = new TimeAxis();
    subject.setEnd(seconds(24));
    subject.setRange(220, 940);
    return subject;
  }

  test('maps times to the place on screen and back', () => {
    const subject = axis();
    expect(subject.x(0)).toBe(220);
    expect(subject.x(seconds(12))).toBe(580);
    expect(subject.timeAt(580)).toBe(seconds(12));
    expect(subject.timeAt(0)).toBe(0);
    expect(subject.timeAt(5000)).toBe(seconds(24));
  });

  test('zooms to a stretch, never past the ends, and keeps it when the window changes', () => {
    const subject = axis();
    subject.show(seconds(10), seconds(12));
    expect([subject.from, subject.to].map(Math.round)).toEqual([seconds(10), seconds(12)]);
    subject.setRange(220, 600);
    expect([subject.from, subject.to].map(Math.round)).toEqual([seconds(10), seconds(12)]);
    subject.show(seconds(-1), seconds(1));
    expect(subject.from).toBe(0);
    subject.reset();
    expect([subject.from, subject.to]).toEqual([0, seconds(24)]);
  });

  test('zooms around a time, which stays where it is', () => {
    const subject = axis();
    subject.zoomBy(4, seconds(6));
    expect(subject.x(seconds(6))).toBeCloseTo(400);
    expect(subject.isZoomed).toBe(true);
    subject.zoomBy(1 / 8, seconds(6));
    expect(subject.isZoomed).toBe(false);
  });

  test('follows the playhead when it leaves the picture', () => {
    const subject = axis();
    subject.show(seconds(4), seconds(8));
    subject.reveal(seconds(9));
    expect(subject.contains(seconds(9))).toBe(true);
  });
});
