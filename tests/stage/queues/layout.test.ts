import { expect, test } from 'vitest';
import type { Pile } from '../../../src/kernel/shape';
import type { View } from '../../../src/scenario/host';
import {
  fannedInstant,
  hiddenInstant,
  idleInstant,
  pileOf,
  pushedInstant,
  routedInstant,
  stackOf,
  switchOf,
} from '../../../src/stage/fixtures-queues';
import { face, viewOf, processOf } from '../../../src/stage/fixture-shapes';
import { boxOf, overlap } from '../../../src/stage/layout/placer';
import type { Size } from '../../../src/stage/layout/size';
import { pictureFor } from '../../../src/stage/pictures';
import { queueLayout } from '../../../src/stage/queues/layout';
import { modelOf } from '../../../src/stage/queues/model';
import type { QueueScene } from '../../../src/stage/queues/scene';

const sizes: readonly Size[] = [
  { width: 984, height: 490, mode: 'wide' },
  { width: 872, height: 360, mode: 'tight' },
  { width: 640, height: 400, mode: 'tight' },
  { width: 390, height: 340, mode: 'phone' },
  { width: 320, height: 300, mode: 'phone' },
];
const instants: Readonly<Record<string, View>> = {
  pushed: pushedInstant(),
  routed: routedInstant(),
  idle: idleInstant(),
  hidden: hiddenInstant(),
  fanned: fannedInstant(),
};
const cases = Object.entries(instants).flatMap(([name, view]) =>
  sizes.map((size) => ({ name, view, size, title: `${name} at ${size.width}` })),
);

const wide = sizes[0];
const words = (scene: QueueScene): string[] => scene.labels.map(({ text }) => text);
const said = (scene: QueueScene, id: string): string =>
  scene.items.find((item) => item.id === id)?.name ?? 'nothing';

test.each(cases)('$title: texts cover one another nowhere, and nothing is named twice', ({ view, size }) => {
  const scene = queueLayout(view, size);
  const boxes = scene.labels.map((label) => ({ label, box: boxOf(label) }));
  const covered = boxes.flatMap(({ label, box }, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => overlap(box, other.box, -1))
      .map((other) => `${label.text} / ${other.label.text}`),
  );
  expect(covered).toEqual([]);
  const ids = scene.items.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(cases)('$title: everything is on the drawing, and every token has a road', ({ view, size }) => {
  const scene = queueLayout(view, size);
  for (const { box, name } of scene.items) {
    expect(box.x, name).toBeGreaterThanOrEqual(-4);
    expect(box.x + box.width, name).toBeLessThanOrEqual(size.width + 4);
    expect(box.y + box.height, name).toBeLessThanOrEqual(scene.height + 4);
  }
  for (const { from, to } of view.tokens) expect(scene.routes.has(`${from}>${to}`)).toBe(true);
});

test('queues, exchanges and SNS topics ask for the picture of queues', () => {
  for (const view of Object.values(instants)) expect(pictureFor(view, null)).toBe('queues');
  expect(pictureFor(viewOf(0, []), null)).toBe('log');
});

test('what only dead letters come to is kept apart from what is alive', () => {
  const { queues, graves, deadSwitches, switches } = modelOf(pushedInstant());
  expect(queues.map(({ address }) => address)).toEqual(['rabbit/queue/work']);
  expect(graves.map(({ name }) => name)).toEqual(['work.dead']);
  expect(deadSwitches.map(({ name }) => name)).toEqual(['work.dlx']);
  expect(switches.map(({ name }) => name)).toEqual(['shop']);
});

test('an exchange stands after those that lead to it, also where they lead in a circle', () => {
  const to = (name: string) => [{ id: name, to: `rabbit/exchange/${name}`, label: '', passed: 0 }];
  const line = viewOf(0, [switchOf('c', []), switchOf('b', to('c')), switchOf('a', to('b'))]);
  expect(modelOf(line).switches.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  const circle = viewOf(0, [switchOf('a', to('b')), switchOf('b', to('a'))]);
  expect(modelOf(circle).switches).toHaveLength(2);
  expect(() => queueLayout(circle, wide)).not.toThrow();
});

test('who publishes by the default exchange leads to the queue itself, before the first message and after it', () => {
  const queue = stackOf('entries', []);
  const shop = processOf('shop', { steps: [] });
  const used = switchOf('', [], { published: 3 });
  for (const shapes of [
    [shop, queue],
    [shop, { ...used, published: 0 }, queue],
    [shop, used, queue],
  ]) {
    const { sources, switches } = modelOf(viewOf(0, shapes));
    expect(sources[0].to).toEqual([queue.address]);
    expect(switches).toEqual([]);
  }
  expect(
    queueLayout(viewOf(0, [shop, used, queue]), wide).routes.has(`${shop.address}>${used.address}`),
  ).toBe(true);
});

test.each(sizes)('what a worker applies leads into its store, also past others: $width', (size) => {
  const names = ['worker-a', 'worker-b'];
  const workers = names.map((name) =>
    processOf(name, { steps: ['receive', 'apply', 'ack'], owns: ['rabbit/queue/jobs'], slots: { size: 1, messages: [], count: 0 } }),
  ); // prettier-ignore
  const store = { shape: 'store', address: 'book/rows', name: 'worker book', rows: [], rowCount: 0, wipedAt: null, writes: 0 } as const; // prettier-ignore
  const scene = queueLayout(viewOf(0, [stackOf('jobs', []), ...workers, processOf('book', { steps: [] }), store]), size); // prettier-ignore
  const ends = workers.map(({ address }) => scene.routes.get(`${address}>book`)!.at(-1)!);
  const box = scene.labels.find(({ text }) => text === 'no rows yet')!;
  for (const { x, y } of ends) {
    expect(y).toBeLessThan(box.y);
    expect(y).toBeGreaterThan(box.y - 40);
    expect(x).toBeLessThan(size.width);
  }
  // The line of the upper one goes round the lower one.
  const lower = scene.items.find(({ id }) => id === 'process/worker-b')!.box;
  const upper = scene.routes.get('worker-a>book')!;
  const past = upper.filter(({ y }) => y > lower.y && y < lower.y + lower.height);
  for (const { x } of past) expect(x).toBeGreaterThan(lower.x + lower.width - 20);
});

test('an empty FIFO queue has a place for its first lane', () => {
  const scene = queueLayout(viewOf(0, [pileOf('ledger.fifo', [], { type: 'fifo' })]), wide);
  expect(words(scene)).toContain('no message, no lane');
});

test('the head of a RabbitMQ queue lies on its floor, and what is next is named first', () => {
  const { labels, items } = queueLayout(pushedInstant(), wide);
  const y = (text: string) => labels.find((label) => label.text === text)!.y;
  expect(y('PA26')).toBeGreaterThan(y('OC15'));
  expect(y('OC15')).toBeGreaterThan(y('OC24'));
  const head = items.find(({ name }) => name.startsWith('PA26'));
  expect(head?.name).toBe('PA26, payment, at the head, priority 5');
});

test('a queue deeper than its vessel says how many more there are', () => {
  expect(words(queueLayout(routedInstant(), wide))).toContain('41 more');
});

test('a message that no binding took is a ghost with its key', () => {
  const scene = queueLayout(routedInstant(), wide);
  expect(words(scene)).toContain('price.changed: dropped');
  expect(scene.faces.some(({ edge }) => edge === 'ghost')).toBe(true);
});

test('unacknowledged messages lie in the slots of their consumer', () => {
  const scene = queueLayout(pushedInstant(), wide);
  expect(said(scene, 'slot/worker-a/4/0')).toBe('OC13, unacknowledged, from work, delivery tag 4');
  expect(said(scene, 'process/worker-a')).toContain('holds OC13, SK14, and PA25 in 3 slots');
  expect(said(scene, 'process/worker-b')).toContain('crashed before ack');
});

test('a message of SQS keeps its spot while others come and go', () => {
  const spotIn = (view: View) => {
    const item = queueLayout(view, wide).items.find(({ name }) => name.startsWith('OC29'));
    return item?.box;
  };
  const hidden = hiddenInstant();
  const jobs = hidden.shapes.find((shape) => shape.address === 'sqs/jobs');
  if (jobs?.shape !== 'pile') throw new Error('no jobs');
  const fewer = { ...jobs, cells: jobs.cells.filter(({ face }) => !['OC17', 'SK26'].includes(face.label)) };
  const after = { ...hidden, shapes: hidden.shapes.map((shape) => (shape === jobs ? fewer : shape)) };
  expect(spotIn(hidden)).toBeDefined();
  expect(spotIn(after)).toEqual(spotIn(hidden));
});

test('the countdown, the receive count and the lock of a group are said', () => {
  const scene = queueLayout(hiddenInstant(), wide);
  expect(said(scene, 'cell/sqs/jobs/17')).toBe(
    'OC17, order, in flight at worker-b, visible again in 7.8 s, received 2 of 3 times',
  );
  expect(said(scene, 'queue/sqs/ledger.fifo')).toContain('group mug locked 12 s');
  expect(said(scene, 'queue/sqs/ledger.fifo')).not.toContain('group cap locked');
});

test('a publisher that names no place publishes to what nothing else leads to', () => {
  const shop = processOf('shop', { steps: [] });
  const queue = stackOf('email', []);
  const bound = switchOf('events', [{ id: '1', to: queue.address, label: '', passed: 0 }]);
  expect(modelOf(viewOf(0, [shop, bound, queue])).sources[0].to).toEqual(['rabbit/exchange/events']);
  expect(modelOf(viewOf(0, [shop, pileOf('jobs', [])])).sources[0].to).toEqual(['sqs/jobs']);
});

test('where there is room, what is hidden or delayed says for how long', () => {
  const view = hiddenInstant();
  const scene = queueLayout(view, wide);
  const hidden = modelOf(view).queues.flatMap((queue) =>
    queue.shape === 'pile' && queue.type === 'standard' ? queue.cells.filter(({ until }) => until !== null) : [],
  ); // prettier-ignore
  const countdowns = words(scene).filter((text) => /^\d+(\.\d+)? s$/.test(text));
  expect(countdowns.length).toBe(hidden.length);
});

test('on a phone what goes to the dead letters is on its way down, inside the picture', () => {
  const dead = pileOf('jobs-dlq', []);
  const left = { face: face('OC02 mug'), reason: 'moved', at: 0 };
  const jobs = pileOf('jobs', [], {
    deadLetter: { queue: dead.address, maxReceives: 2 },
    left,
  } as Partial<Pile>);
  const worker = processOf('worker', { steps: ['receive', 'apply', 'delete'], owns: [jobs.address] });
  const { items } = queueLayout(viewOf(0, [jobs, dead, worker]), { width: 390, height: 340, mode: 'phone' });
  const one = items.find(({ id }) => id === `left/${jobs.address}`)!.box;
  const queue = items.find(({ id }) => id === `queue/${jobs.address}`)!.box;
  expect(one.x).toBeGreaterThanOrEqual(8);
  expect(one.x + one.width).toBeLessThan(queue.x + 4);
});
