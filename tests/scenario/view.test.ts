/** What the picture knows that nobody in the system does: what was applied and not committed, what comes again. */
import { expect, test } from 'vitest';
import type { Lane } from '../../src/kernel/shape';
import { ms } from '../../src/kernel/time';
import type { View } from '../../src/scenario/host';
import { createLocalHost } from '../../src/scenario/local-host';
import { action, at, recordingOf, shopScenario } from '../helpers/recordings';

const window = { cells: 100, lanes: {}, rows: 10 };
const recording = recordingOf(shopScenario(), 4, [
  at(5_000, action('fault', 'pin', 'search-b', { step: 'commit', nth: 1 })),
]);

function uncommitted(view: View, group: string): string[] {
  const lanes = view.shapes.filter((shape): shape is Lane => shape.shape === 'lane');
  return lanes.flatMap(({ index, cells }) =>
    cells
      .filter(({ uncommittedBy }) => uncommittedBy.includes(group))
      .map(({ offset }) => `${index}@${offset}`),
  );
}

test('after a crash between apply and commit the record stays marked until the group has committed it', async () => {
  const host = await createLocalHost(recording);
  await host.viewAt(ms(25_000), window);
  const [crash] = await host.facts({ kinds: ['crashed'] });
  const after = uncommitted(await host.viewAt(crash.time + ms(1000), window), 'search');
  expect(after.length).toBeGreaterThan(0);
  const committed = uncommitted(await host.viewAt(crash.time + ms(15_000), window), 'search');
  expect(committed).not.toContain(after[0]);
});

test('a record on its way to a group that was given it before says so', async () => {
  const host = await createLocalHost(recording);
  const again: string[] = [];
  for (let time = ms(5_000); time < ms(25_000); time += ms(1)) {
    const { tokens } = await host.viewAt(time, window);
    for (const { to, faces, redelivered = [] } of tokens)
      faces.forEach((face, index) => redelivered[index] > 0 && again.push(`${face.label} to ${to}`));
  }
  const [redelivered] = await host.facts({ kinds: ['redelivered'] });
  expect(again.length).toBeGreaterThan(0);
  expect(redelivered).toBeDefined();
}, 60_000);
