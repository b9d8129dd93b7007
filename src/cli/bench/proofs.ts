/** Single runs of about 200 events, built, run and judged: what hunting and proving are made of. */
import { ms } from '../../kernel/time';
import { loadRegistry } from '../../scenario/registry';
import { proveOn } from '../../scenario/prove';
import { unseenSeeds } from '../../scenario/seeds';
import { buildKernel } from '../../scenario/build';
import type { Lesson } from '../../course/lesson';
import { cpuSeconds, median } from './measure';

const runsPerRound = 300;
const rounds = 12;
const warmUpRounds = 5;
const eventsPerRun = 200;

const lessons = import.meta.glob<{ lesson: Lesson }>('../../../lessons/*/*-kafka-log/lesson.ts');

export async function measureProofs(): Promise<{ provesPerSecond: number; provenEvents: number }> {
  const [load] = Object.values(lessons);
  const { lesson } = await load();
  const recording = { engine: 'bench', scenario: lesson.scenario, seed: lesson.seed, inputs: [] };
  const registry = await loadRegistry(lesson.scenario);
  const probe = buildKernel(recording, registry, null);
  probe.runUntil(Infinity, eventsPerRun);
  const request = { recording, goal: lesson.goals.b, seeds: [], endMs: probe.now / ms(1) };
  const seeds = unseenSeeds(lesson.seed, runsPerRound);
  const rates = Array.from({ length: rounds }, () => {
    const spent = cpuSeconds(() => {
      for (const seed of seeds) proveOn(request, seed, registry);
    });
    return runsPerRound / spent;
  });
  return { provesPerSecond: median(rates.slice(warmUpRounds)), provenEvents: probe.eventCount };
}
