import { describe, expect, test } from 'vitest';
import { Player } from '../../src/app/player.svelte';
import { seconds } from '../../src/kernel/time';
import type { View } from '../../src/scenario/host';
import { fact, FakeHost, FakeTicker } from '../helpers/fake-host';

const history = [1, 2, 4, 8].map((second, id) => fact(id, seconds(second)));

async function player(host: FakeHost, endMs: number) {
  const ticker = new FakeTicker();
  const subject = new Player({ host, lensMs: 1000, endMs, ticker });
  await ticker.pass(40);
  return { subject, host, ticker };
}

describe('how far a run is computed in one go', () => {
  test('where every answer takes long, it still goes as fast as it says', async () => {
    const ticker = new FakeTicker();
    const host = new (class extends FakeHost {
      override viewAt(...asked: Parameters<FakeHost['viewAt']>) {
        return new Promise<View>((resolve) => ticker.after(60, () => resolve(super.viewAt(...asked))));
      }
    })(history);
    const subject = new Player({ host, lensMs: 2000, endMs: 100_000, ticker });
    await ticker.pass(100);
    subject.play();
    await ticker.pass(10_000);
    expect(subject.view.time).toBeGreaterThan(seconds(15));
  });

  test('a far jump is computed in slices and shows only where it was to go', async () => {
    const { subject, host, ticker } = await player(new FakeHost(history), 100_000);
    host.asked = [];
    void subject.end();
    await ticker.pass(1000);
    expect(host.asked.length).toBeGreaterThan(1);
    expect(subject.view.time).toBe(seconds(100));
    expect(subject.status).toBe('paused');
  });

  test('the more happens, the shorter the slices of a far jump', async () => {
    const eventful = new (class extends FakeHost {
      override async viewAt(...asked: Parameters<FakeHost['viewAt']>) {
        return { ...(await super.viewAt(...asked)), eventCount: asked[0] / 100 };
      }
    })(history);
    const { subject, ticker } = await player(eventful, 20_000);
    eventful.asked = [];
    void subject.end();
    await ticker.pass(2000);
    const times = eventful.asked.map(({ time }) => time);
    const steps = times.slice(1).map((time, index) => time - times[index]);
    expect(steps[0]).toBeGreaterThan(seconds(2));
    expect(Math.max(...steps.slice(6))).toBeLessThanOrEqual(seconds(0.5));
    expect(subject.view.time).toBe(seconds(20));
  });
});
