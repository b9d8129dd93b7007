/** The front page's figure, on the real run it plays. */
import { beforeAll, describe, expect, test } from 'vitest';
import { cellCount, figureLayout, placeOf } from '../../src/app/home/figure-layout';
import { crashBeforeCommit, healthy, onRememberingDesign } from '../../src/app/home/scenario';
import {
  momentAt,
  repeatAt,
  storyKinds,
  tellStory,
  waitingSeries,
  type Story,
} from '../../src/app/home/story';
import { seconds } from '../../src/kernel/time';
import type { RunHost } from '../../src/scenario/host';
import { createLocalHost } from '../../src/scenario/local-host';
import { parseRecording } from '../../src/scenario/validate';

const end = seconds(24);
const window = { cells: 1, lanes: {}, rows: 1 };

async function storyOf(host: RunHost): Promise<Story> {
  await host.viewAt(end, window);
  return tellStory(await host.facts({ kinds: storyKinds }), await host.bodies());
}

async function brokenAt(time: number): Promise<RunHost> {
  const host = await createLocalHost(healthy);
  await host.viewAt(end, window);
  const broken = await host.fork(time);
  await broken.act(crashBeforeCommit, time);
  return broken;
}

let whole: Story;
let broken: Story;
let mended: Story;

beforeAll(async () => {
  whole = await storyOf(await createLocalHost(healthy));
  const host = await brokenAt(seconds(9.2));
  broken = await storyOf(host);
  mended = await storyOf(await createLocalHost(onRememberingDesign(await host.recording())));
});

const labels = (story: Story) => momentAt(story, end).charges.map((charge) => charge.payment.label);

test('the scenario is one that anybody could share', () => {
  expect(() => parseRecording(healthy)).not.toThrow();
});

test('without a crash each payment is charged once, in order', () => {
  expect(new Set(labels(whole)).size).toBe(labels(whole).length);
  expect(labels(whole)).toEqual([...labels(whole)].sort());
  expect(momentAt(whole, end)).toMatchObject({ repeat: 'none', condition: 'working' });
});

test('when it opens, two payments are charged and a third is on its way', () => {
  const moment = momentAt(whole, seconds(9.2));
  expect(moment.charges).toHaveLength(2);
  expect(moment.travellers.map((one) => one.leg)).toEqual(['deliver']);
});

describe('a crash between charge and commit', () => {
  test('breaks the consumer after it has charged and before it has committed', () => {
    const lost = broken.trips.find((trip) => trip.brokeAt < Infinity)!;
    expect(lost.chargedAt).toBeLessThan(lost.brokeAt);
    expect(lost.committedAt).toBe(Infinity);
    expect(momentAt(broken, lost.brokeAt)).toMatchObject({
      condition: 'broken',
      position: null,
      travellers: [],
    });
  });

  test('makes the group wait for the member it lost, for the session timeout', () => {
    const { at, upAt, givenUpAt } = broken.crash!;
    expect(upAt - at).toBe(seconds(1.5));
    expect(givenUpAt - at).toBeGreaterThan(seconds(4));
    expect(givenUpAt - at).toBeLessThanOrEqual(seconds(6));
    expect(momentAt(broken, givenUpAt - 1).condition).toBe('waiting for the group');
  });

  test('charges the same payment twice', () => {
    const moment = momentAt(broken, end);
    const again = moment.charges.find((charge) => charge.again)!;
    expect(moment.repeat).toBe('charged');
    expect(labels(broken).filter((label) => label === again.payment.label)).toHaveLength(2);
    expect(moment.totalCents - moment.rightCents).toBe(again.payment.cents);
  });

  test('leaves what had happened before as it was', () => {
    const before = seconds(9.2);
    const seen = (story: Story) => {
      const { charges, committed, position, payments, travellers } = momentAt(story, before);
      return {
        charges,
        committed,
        position,
        payments,
        places: travellers.map(({ leg, along }) => ({ leg, along })),
      };
    };
    expect(seen(broken)).toEqual(seen(whole));
  });

  test('does so wherever it is caused in the first half of the run', async () => {
    for (const at of [0, 3, 5.6, 7, 11]) {
      const story = await storyOf(await brokenAt(seconds(at)));
      expect(repeatAt(story), `broken at ${at} s`).toBeLessThan(end);
      expect(momentAt(story, end).repeat, `broken at ${at} s`).toBe('charged');
    }
  });
});

describe('the design that remembers', () => {
  test('suffers the same crash at the same moment', () => {
    expect(mended.crash).toEqual(broken.crash);
  });

  test('reads the payment again and charges it once', () => {
    const moment = momentAt(mended, end);
    expect(moment.repeat).toBe('skipped');
    expect(moment.totalCents).toBe(moment.rightCents);
    expect(mended.trips.filter((trip) => trip.again)).toHaveLength(1);
  });
});

describe('the picture', () => {
  test('is the same whichever way an instant is come to', () => {
    const times = [20, 4, 15, 9.2, 4].map(seconds);
    expect(times.map((time) => momentAt(broken, time))).toEqual(times.map((time) => momentAt(broken, time)));
    expect(momentAt(broken, seconds(4))).toEqual(momentAt(broken, seconds(4)));
  });

  test('has a cell for every payment, and one that is free', () => {
    for (const story of [whole, broken, mended])
      expect(momentAt(story, end).payments.length).toBeLessThan(cellCount);
  });

  test('counts what waits from what was appended and committed', () => {
    const last = waitingSeries(broken).at(-1)!;
    const moment = momentAt(broken, end);
    expect(last.count).toBe(moment.payments.length - moment.committed);
  });

  test.each([
    [1016, 398, true],
    [828, 384, true],
    [390 - 32, 312, false],
    [288, 312, false],
  ])('keeps everything on its way inside %i × %i', (width, height, beside) => {
    const layout = figureLayout(width, height, beside);
    for (let at = 0; at <= 24; at += 0.05)
      for (const traveller of momentAt(broken, seconds(at)).travellers) {
        const { x, y } = placeOf(layout, traveller);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(height);
      }
    expect(layout.button.x + layout.button.width).toBeLessThan(layout.right);
    expect(layout.button.y).toBeGreaterThan(layout.out);
    expect(layout.button.y + layout.button.height).toBeLessThan(layout.back);
  });
});
