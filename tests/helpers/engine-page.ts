/** The engine alone, for another engine to run: hashes of recordings with faults, and of a fork. */
import { createLocalHost } from '../../src/scenario/local-host';
import { faultyRecording } from './recordings';

const end = 45_000_000;

/** Seeds and what became of them: seed → history hash, and one fork. */
export async function hashes(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const seed of [4, 5, 6]) {
    const host = await createLocalHost(faultyRecording(seed));
    found[`seed ${seed}`] = await host.hash(end);
    if (seed > 4) continue;
    const fork = await host.fork(20_000_000);
    await fork.act({ class: 'fault', name: 'crash', target: 'search-a', options: {} }, 20_000_000);
    found['fork of 4'] = await fork.hash(end);
  }
  return found;
}
