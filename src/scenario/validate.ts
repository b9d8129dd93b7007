/** Checks what comes from outside (file, link, import) before anything is built from it. */
import * as v from 'valibot';
import { actionNames } from './actions';
import { scenarioVersion, type Recording } from './scenario';

const name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'only letters, digits, dot, underscore and hyphen'),
);
const scalar = v.union([
  v.pipe(v.string(), v.maxLength(10_000)),
  v.pipe(v.number(), v.finite()),
  v.boolean(),
  v.null(),
]);
const duration = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e12));
const options = v.record(v.pipe(v.string(), v.maxLength(100)), scalar);
/** Options of parts may hold lists and small objects; nothing deeper than three levels. */
const partOption = v.union([
  scalar,
  v.array(scalar),
  v.record(v.string(), scalar),
  v.array(v.record(v.string(), scalar)),
]);

const latency = v.union([
  duration,
  v.object({ kind: v.literal('uniform'), minMs: duration, maxMs: duration }),
  v.object({ kind: v.literal('exponential'), meanMs: duration }),
  v.object({
    kind: v.literal('lognormal'),
    medianMs: duration,
    sigma: v.pipe(v.number(), v.minValue(0), v.maxValue(5)),
  }),
]);

const action = v.object({
  class: v.picklist(['design', 'operation', 'fault', 'workload']),
  name: v.pipe(
    v.string(),
    v.check((value) => actionNames().includes(value), 'is not an action this version knows'),
  ),
  target: v.pipe(v.string(), v.maxLength(200)),
  options,
});

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const topic = v.object({
  name,
  partitions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  retentionMs: v.optional(v.nullable(duration)),
  retentionBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-1))),
  segmentBytes: v.optional(whole),
  segmentMs: v.optional(duration),
});

const scenario = v.object({
  version: v.literal(scenarioVersion),
  name: v.pipe(v.string(), v.maxLength(200)),
  latencyMs: latency,
  links: v.pipe(v.array(v.object({ from: name, to: name, latencyMs: latency })), v.maxLength(1000)),
  brokers: v.pipe(
    v.array(
      v.object({
        name,
        kind: v.literal('kafka'),
        topics: v.pipe(v.array(topic), v.maxLength(100)),
        options: v.optional(options),
      }),
    ),
    v.maxLength(20),
  ),
  services: v.pipe(
    v.array(
      v.object({
        name,
        role: name,
        restartAfterMs: v.nullable(duration),
        parts: v.pipe(
          v.array(
            v.object({
              name: v.optional(name),
              kind: name,
              options: v.optional(v.record(v.string(), partOption)),
            }),
          ),
          v.minLength(1),
          v.maxLength(20),
        ),
      }),
    ),
    v.maxLength(200),
  ),
  schedule: v.pipe(v.array(v.object({ atMs: duration, action })), v.maxLength(10_000)),
  endMs: duration,
});

const recording = v.object({
  engine: v.pipe(v.string(), v.maxLength(50)),
  scenario,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  inputs: v.pipe(v.array(v.object({ time: whole, order: whole, action })), v.maxLength(100_000)),
});

/** Content mistake in something given to us: where it is and what would be right. */
export class BadContent extends Error {
  override readonly name = 'BadContent';
}

/** Plain data → Recording. Unknown fields are dropped, so nothing unexpected travels on. Throws BadContent. */
export function parseRecording(input: unknown): Recording {
  const version = (input as { scenario?: { version?: unknown } } | null)?.scenario?.version;
  if (typeof version === 'number' && version > scenarioVersion) {
    throw new BadContent(
      `This was made by a newer version (format ${version}; this one reads up to ${scenarioVersion}). Reload to update.`,
    );
  }
  const result = v.safeParse(recording, input);
  if (!result.success) {
    const issue = result.issues[0];
    const path = v.getDotPath(issue) ?? 'the whole';
    throw new BadContent(`Not a valid recording: ${path}: ${issue.message}`);
  }
  const names = [...result.output.scenario.brokers, ...result.output.scenario.services].map(
    (process) => process.name,
  );
  const twice = names.find((candidate, index) => names.indexOf(candidate) !== index);
  if (twice !== undefined)
    throw new BadContent(`Not a valid recording: two processes are called "${twice}".`);
  return result.output as Recording;
}
