/** Time travel over a million events: 200 random seeks, and what history and snapshots weigh. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seconds } from '../../kernel/time';
import { Streams } from '../../kernel/random';
import { Trace } from '../../kernel/trace';
import { Run } from '../../scenario/run';
import type { Recording } from '../../scenario/scenario';
import { lightKernel } from './kernel';
import { percentile } from './measure';

const events = 1_000_000;
const seeks = 200;

/** The kernel is built by hand here; the recording only has to be there. */
const nothing: Recording = {
  engine: 'bench',
  scenario: {
    version: 1,
    name: 'light',
    latencyMs: 1,
    links: [],
    brokers: [],
    services: [],
    schedule: [],
    endMs: 0,
  },
  seed: 7,
  inputs: [],
};

export interface SeekFigures {
  readonly seekMsMean: number;
  readonly seekMsP95: number;
  readonly seekMsMax: number;
  readonly bytesPerEvent: number;
}

export function measureSeeks(): SeekFigures {
  const before = heldBytes();
  const trace = new Trace();
  const kernel = lightKernel(trace);
  const run = new Run(nothing, new Map(), { trace, kernel, snapshots: [kernel.save()] });
  while (kernel.eventCount < events) run.seek(kernel.now + seconds(0.1));
  const bytesPerEvent = (heldBytes() - before) / kernel.eventCount;
  const times = randomSeeks(run);
  return {
    seekMsMean: times.reduce((sum, time) => sum + time, 0) / seeks,
    seekMsP95: percentile(times, 0.95),
    seekMsMax: percentile(times, 1),
    bytesPerEvent,
  };
}

/** Wall milliseconds of each: state restored and replayed to the instant. */
function randomSeeks(run: Run): number[] {
  const random = new Streams(1).stream('seeks');
  return Array.from({ length: seeks }, () => {
    const target = random.below(run.frontier);
    const start = process.hrtime.bigint();
    run.seek(target);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
}

/** Heap and array buffers that are still reachable: the collector is asked first. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
