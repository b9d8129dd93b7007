import { describe, expect, test } from 'vitest';
import { instantsOf, stripRecording } from '../../src/app/gallery/runs';
import type { View } from '../../src/scenario/host';
import { createLocalHost } from '../../src/scenario/local-host';
import { changingHands, shared, transacted } from '../../src/stage/fixtures-kafka';
import { labelsOf, layout } from '../../src/stage/layout/kafka-scene';
import { windowFor } from '../../src/stage/layout/plan';
import { boxOf, overlap } from '../../src/stage/layout/placer';
import type { Box, Scene } from '../../src/stage/layout/scene';
import type { Size } from '../../src/stage/layout/size';

const desk: Size = { width: 984, height: 490, mode: 'wide' };
const laptop: Size = { width: 872, height: 360, mode: 'tight' };
const phone: Size = { width: 390, height: 340, mode: 'phone' };

const textsOf = (scene: Scene): string[] => labelsOf(scene).map(({ text }) => text);
const namesOf = (scene: Scene): string[] => scene.items.map(({ name }) => name);

describe('transactions', () => {
  const scene = layout(transacted(), desk);
  const [lane] = scene.lanes;

  test('end where a marker took an offset of its own', () => {
    expect(lane.markers.map(({ offset, is }) => [offset, is])).toEqual([
      [3, 'commit'],
      [6, 'abort'],
    ]);
    expect(namesOf(scene)).toContain('Commit of till-1, a marker at offset 3');
  });

  test('that were aborted leave an outline, and an open one is faint', () => {
    expect(lane.cells.map(({ cell, edge, opacity }) => [cell.offset, edge, opacity < 1])).toEqual([
      [0, 'plain', false],
      [1, 'plain', false],
      [2, 'plain', false],
      [4, 'ghost', false],
      [5, 'ghost', false],
      [7, 'plain', false],
      [8, 'plain', true],
      [9, 'plain', false],
    ]);
    expect(lane.strokes.map(({ is, producer }) => `${is} ${producer}`)).toEqual([
      'committed till-1',
      'aborted till-2',
      'open till-3',
    ]);
  });

  test('that are open hold readers of committed records back, at the last stable offset', () => {
    expect(lane.stable).toMatchObject({ x: lane.left + 8 * lane.cell });
    expect(textsOf(scene)).toContain('last stable 8');
    expect(namesOf(scene)).toContain('PA07, payment, offset 8, key tee, in an open transaction of till-3');
  });

  test('that are open have a line of their own, with the time that is left', () => {
    expect(textsOf(scene)).toEqual(
      expect.arrayContaining([
        'till-3',
        'transaction open for 2.2 s, aborted in 58 s, writes to partition 0',
      ]),
    );
    expect(scene.items.find(({ id }) => id.startsWith('transaction/'))!.selects).toEqual({
      kind: 'address',
      address: 'kafka/transaction/till-3',
    });
  });

  test('hold nobody back once they have ended', () => {
    const view = transacted();
    const ended = view.shapes.map((shape) => (shape.shape === 'lane' ? { ...shape, lastStable: 10 } : shape));
    expect(layout({ ...view, shapes: ended }, desk).lanes[0].stable).toBeNull();
  });
});

describe('a share group', () => {
  const scene = layout(shared(), desk);
  const [siding] = scene.sidings;

  test('stands between its start offset and how far it has handed out', () => {
    const [lane] = scene.lanes;
    expect(siding.flag!.pole!.x).toBe(lane.left + lane.cell);
    expect(siding.position!.x).toBe(lane.left + 8 * lane.cell);
  });

  test('says of each record who has it, and how often it was given out', () => {
    expect(siding.shares.map(({ offset, kind, label }) => [offset, kind, label?.text ?? ''])).toEqual([
      [1, 'acknowledged', ''],
      [2, 'acquired', 'A'],
      [3, 'acknowledged', ''],
      [4, 'archived', ''],
      [5, 'acquired', 'B ×2'],
      [6, 'again', ''],
      [7, 'acquired', 'C'],
    ]);
    expect(namesOf(scene)).toContain(
      'SK16, stock, offset 5, key jar, packer: acquired by packer B, given out 2 times, its lock ends in 20 s',
    );
  });

  test('leads to every member that is given records, and nobody says that nobody reads', () => {
    expect(scene.wires.map(({ process, dashed }) => [process, dashed])).toEqual([
      ['packer-a', false],
      ['packer-b', false],
      ['packer-c', false],
    ]);
    expect(textsOf(scene).join()).not.toContain('nobody');
  });
});

describe('a share group at work', async () => {
  const host = await createLocalHost(stripRecording('share'));
  const scenes = new Map<string, Scene>();
  for (const { name, atMs } of instantsOf('share'))
    scenes.set(name, layout(await host.viewAt(atMs * 1000, windowFor(desk)), desk));
  const fates = (name: string) =>
    scenes.get(name)!.sidings[0].shares.map(({ offset, kind, label }) => `${offset} ${label?.text ?? kind}`);

  test('gives what a lost member had in its hands to another, for the second time', () => {
    expect(fates('crashed')).toEqual(['12 B', '13 A', '14 C']);
    expect(fates('released')).toEqual(['12 again', '13 A', '14 C']);
    expect(fates('again')).toEqual(['12 A ×2', '13 acknowledged', '14 C', '15 A']);
  });

  test('is not said to have applied what it has not: its records have no hatch', () => {
    for (const scene of scenes.values()) expect(scene.lanes[0].hatches).toEqual([]);
  });

  test('applies and acknowledges, and commits nothing', () => {
    const names = scenes.get('shared')!.stations.map(({ stops }) => stops.map(({ name }) => name).join(' '));
    expect(new Set(names)).toEqual(new Set(['apply acknowledge']));
  });
});

describe('a rebalance', () => {
  const statesOf = (view: View) =>
    layout(view, desk).stations.map(({ process, labels, sign }) => [
      process.name,
      labels[1]?.text,
      sign?.kind,
    ]);

  test('that is eager stops everybody; who has joined waits for who has not', () => {
    expect(statesOf(changingHands('eager'))).toEqual([
      ['search-a', 'waits', 'rebalancing'],
      ['search-b', 'rebalancing', 'rebalancing'],
      ['search-c', 'waits', 'rebalancing'],
    ]);
  });

  test('that is cooperative leaves those at work who have partitions', () => {
    expect(statesOf(changingHands('cooperative'))).toEqual([
      ['search-a', 'reads on', undefined],
      ['search-b', 'reads on', undefined],
      ['search-c', 'waits', 'rebalancing'],
    ]);
  });

  test('of the consumer protocol says who gives up which partition, and who waits for it', () => {
    expect(statesOf(changingHands('consumer'))).toEqual([
      ['search-a', 'gives up 1', undefined],
      ['search-b', 'applying', undefined],
      ['search-c', 'waits for 1', 'rebalancing'],
    ]);
    expect(namesOf(layout(changingHands('consumer'), desk)).join()).toContain(
      'Group search (consumer protocol, epoch 5)',
    );
  });
});

describe('a third consumer that comes to two, in real runs', () => {
  const framesOf = async (kind: 'eager' | 'cooperative' | 'consumer') => {
    const host = await createLocalHost(stripRecording(kind));
    const frames: string[] = [];
    for (const { name, atMs } of instantsOf(kind)) {
      const { lanes, stations } = layout(await host.viewAt(atMs * 1000, windowFor(desk)), desk);
      const { shapes } = await host.viewAt(atMs * 1000, windowFor(desk));
      const owners = lanes.map(({ address }) => {
        const lane = shapes.find((shape) => shape.shape === 'lane' && shape.address === address);
        return lane?.shape === 'lane' ? (lane.pointers[0]?.owner?.slice(-1) ?? '-') : '';
      });
      const waiting = stations.map(({ sign }) => (sign?.kind === 'rebalancing' ? 'stops' : 'goes on'));
      frames.push(`${name}: ${owners.join('')}, ${waiting.join(', ')}`);
    }
    return frames;
  };

  test('stops everybody where it is eager', async () => {
    expect(await framesOf('eager')).toEqual([
      'before: aba, goes on, goes on, goes on',
      'come: aba, goes on, goes on, stops',
      'heard: a-a, goes on, stops, stops',
      'stopped: ---, stops, stops, stops',
      'after: abc, goes on, goes on, goes on',
    ]);
  });

  test('stops only itself where it is cooperative, until what it is given is free', async () => {
    expect(await framesOf('cooperative')).toEqual([
      'before: aba, goes on, goes on, goes on',
      'come: aba, goes on, goes on, stops',
      'given: ab-, goes on, goes on, goes on',
      'second: ab-, goes on, goes on, stops',
      'after: abc, goes on, goes on, goes on',
    ]);
  });

  test('waits for one partition in the consumer protocol, and nobody else waits', async () => {
    expect(await framesOf('consumer')).toEqual([
      'before: bba, goes on, goes on, goes on',
      'come: bba, goes on, goes on, stops',
      'told: bba, goes on, goes on, stops',
      'free: b-a, goes on, goes on, stops',
      'after: bca, goes on, goes on, goes on',
    ]);
  });
});

test.each([desk, laptop, phone])('texts stay apart and on the drawing, $mode', (size) => {
  const views = [transacted(), shared(), ...(['eager', 'cooperative', 'consumer'] as const).map(changingHands)];
  for (const view of views) {
    const scene = layout(view, size);
    const boxes = labelsOf(scene).map((label) => ({ text: label.text, box: boxOf(label) }));
    const covered = boxes.flatMap((a, index) =>
      boxes.slice(index + 1).flatMap((b) => (overlap(shrunk(a.box), shrunk(b.box)) ? [`${a.text} | ${b.text}`] : [])),
    );
    expect(covered).toEqual([]);
    const outside = boxes.filter(({ box }) => box.x < -0.5 || box.x + box.width > size.width + 0.5);
    expect(outside.map(({ text }) => text)).toEqual([]);
  }
}); // prettier-ignore

function shrunk({ x, y, width, height }: Box): Box {
  return { x: x + 0.5, y: y + 1, width: width - 1, height: height - 2 };
}
