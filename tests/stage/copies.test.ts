import { describe, expect, test } from 'vitest';
import { instantsOf, stripRecording, strips, toldIn, type StripName } from '../../src/app/gallery/runs';
import type { View } from '../../src/scenario/host';
import { createLocalHost } from '../../src/scenario/local-host';
import { labelsOf, layout } from '../../src/stage/layout/kafka-scene';
import { boxOf, overlap } from '../../src/stage/layout/placer';
import { windowFor } from '../../src/stage/layout/plan';
import type { BlockFigure, Scene } from '../../src/stage/layout/scene';
import type { Size } from '../../src/stage/layout/size';
import { sentence } from '../../src/stage/story/sentence';

const desk: Size = { width: 984, height: 490, mode: 'wide' };
const laptop: Size = { width: 872, height: 360, mode: 'tight' };
const phone: Size = { width: 390, height: 340, mode: 'phone' };

async function viewsOf(strip: StripName, size = desk): Promise<Record<string, View>> {
  const host = await createLocalHost(stripRecording(strip));
  const views: Record<string, View> = {};
  for (const { name, atMs } of instantsOf(strip))
    views[name] = await host.viewAt(atMs * 1000, windowFor(size));
  return views;
}

function copiesOf(scene: Scene): BlockFigure {
  return scene.lanes[0].copies!;
}

/** "kafka-2 leader 01 02 | 03": what a row holds; a stroke stands before what is faint. */
function rowsOf(scene: Scene): string[] {
  return copiesOf(scene).rows.map(({ replica, role, cells }) => {
    const held = cells.map(({ cell, opacity }) => `${opacity < 1 ? '~' : ''}${cell.face.label.slice(2)}`);
    return [replica.process, role, ...held].join(' ');
  });
}

function textsOf(scene: Scene): string[] {
  return labelsOf(scene).map(({ text }) => text);
}

describe('a leader that is lost, acks=1', async () => {
  const views = await viewsOf('acksOne');
  const scenes = Object.fromEntries(Object.entries(views).map(([name, view]) => [name, layout(view, desk)]));

  test('has three copies that are the same, each node on a row of its own', () => {
    expect(rowsOf(scenes['together'])).toEqual([
      'kafka-1 leader 01 02 03 04 05',
      'kafka-2 inSync 01 02 03 04 05',
      'kafka-3 inSync 01 02 03 04 05',
    ]);
    expect(textsOf(scenes['together'])).toEqual(
      expect.arrayContaining(['epoch 0', '3 of 3 in sync, min 2', 'high watermark 5']),
    );
  });

  test('holds alone what no consumer may read yet: faint, beyond the high watermark', () => {
    const scene = scenes['alone'];
    expect(rowsOf(scene)[0]).toBe('kafka-1 leader 01 02 03 04 05 ~06 ~07');
    const [lane] = scene.lanes;
    expect(copiesOf(scene).watermark!.x).toBe(lane.left + 5 * lane.cell);
    expect(copiesOf(scene).rows.map(({ gap }) => gap?.cut ?? false)).toEqual([false, true, true]);
  });

  test('keeps its row while it is down, with all it had', () => {
    expect(rowsOf(scenes['crashed'])[0]).toBe('kafka-1 down ~01 ~02 ~03 ~04 ~05 ~06 ~07');
    expect(textsOf(scenes['crashed'])).toContain('leader, down');
  });

  test('differs from the new leader where it is hatched', () => {
    const scene = scenes['elected'];
    expect(rowsOf(scene)).toEqual([
      'kafka-1 down ~01 ~02 ~03 ~04 ~05 ~06 ~07',
      'kafka-2 leader 01 02 03 04 05 08',
      'kafka-3 inSync 01 02 03 04 05 08',
    ]);
    const [lane] = scene.lanes;
    expect(copiesOf(scene).rows.map(({ hatches }) => hatches.map(({ x }) => (x - lane.left) / lane.cell))).toEqual(
      [[5, 6], [], []],
    );
    expect(textsOf(scene)).toEqual(expect.arrayContaining(['epoch 1', '2 of 3 in sync, min 2']));
  }); // prettier-ignore

  test('throws away what it alone had, and that is said below the places it had', () => {
    const scene = scenes['agreed'];
    expect(rowsOf(scene)[0]).toBe('kafka-1 behind 01 02 03 04 05 08');
    expect(copiesOf(scene).cutOff.map(({ face }) => face.label)).toEqual(['OC06', 'OC07']);
    expect(textsOf(scene)).toContain('cut off by kafka 1: they are in no copy any more');
  });

  test('is told in sentences, without the topics that brokers keep for themselves', async () => {
    const host = await createLocalHost(stripRecording('acksOne'));
    const { factCount } = await host.viewAt(23_200_000, windowFor(desk));
    const bodies = await host.bodies();
    const facts = await host.facts({ from: 0, to: factCount });
    expect(facts.some(({ subject }) => subject.startsWith('kafka/__consumer_offsets/'))).toBe(true);
    const all = toldIn(
      facts.filter(({ type }) => /Elected|Fenced|Truncated/.test(type)),
      'acksOne',
    );
    expect(all.map((fact) => sentence(fact, { bodies }))).toEqual([
      'Kafka 1 was not heard of in time: it takes part no more',
      'Kafka 2 leads partition 0 from now on (epoch 1)',
      'Kafka 1 cut 2 records off its copy of partition 0, from offset 5 on, to agree with the leader',
      'OC06 is gone from the copy of kafka 1, where it had offset 5',
      'OC07 is gone from the copy of kafka 1, where it had offset 6',
    ]);
  });
});

describe('a leader that is lost, acks=all', async () => {
  const views = await viewsOf('acksAll');

  test('had written what it never acknowledged, and that stands further on in the log in the end', () => {
    expect(rowsOf(layout(views['alone'], desk))[0]).toBe('kafka-1 leader 01 02 03 04 05 ~06');
    const agreed = layout(views['agreed'], desk);
    expect(rowsOf(agreed)[1]).toBe('kafka-2 leader 01 02 03 04 05 08 07 06');
    expect(textsOf(agreed)).toContain('cut off by kafka 1: it stands further on in the log');
  });
});

test.each([desk, laptop, phone])('texts stay apart at every instant, $mode', async (size) => {
  for (const strip of strips.kafka)
    for (const [name, view] of Object.entries(await viewsOf(strip, size))) {
      const boxes = labelsOf(layout(view, size)).map((label) => ({ text: label.text, box: boxOf(label) }));
      const found = boxes.flatMap((a, index) =>
        boxes.slice(index + 1).flatMap((b) => (overlap(shrunk(a.box), shrunk(b.box)) ? [`${a.text} | ${b.text}`] : [])),
      ); // prettier-ignore
      expect([strip, name, ...found]).toEqual([strip, name]);
    }
});

function shrunk({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x: x + 0.5, y: y + 1, width: width - 1, height: height - 2 };
}

test('every copy and every record on it can be reached and has a sentence', async () => {
  const { elected } = await viewsOf('acksOne');
  const names = layout(elected, desk).items.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'orders, partition 0, 6 records, offsets 0 to 5, next is 6, led by kafka 2 in epoch 1, 2 of 3 in sync, high watermark 6',
      'copy on kafka 1, down, 7 records, next is 7, 2 records that its leader does not have',
      'copy on kafka 2, leader, 6 records, next is 6',
      'OC07, order, offset 6, key tee, on kafka 1, above the high watermark, its leader does not have it',
    ]),
  );
});
