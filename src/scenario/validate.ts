/** Checks what comes from outside (file, link, import) before anything is built from it. */
import * as v from 'valibot';
import { actionNames } from './actions';
import { BadContent, type ContentProblem } from './bad-content';
import { isRecord, migrated, scenarioFormat } from './migrate';
import { processNames } from './nodes';
import { checkPlain, isHostile } from './plain';
import { scenarioVersion, type Input, type Recording } from './scenario';

/** Unknown fields are a mistake everywhere: what this version does not understand, it must not drop silently. */
const object = v.strictObject;

const hostile = 'is no name';
const name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'only letters, digits, dot, underscore and hyphen'),
  v.check((value) => !isHostile(value), hostile),
);
const beyond = 'is beyond all bounds';
const scalar = v.union([
  v.pipe(v.string(), v.maxLength(10_000)),
  v.pipe(v.number(), v.finite(beyond)),
  v.boolean(),
  v.null(),
]);
/** Milliseconds: up to 31 years. */
const duration = v.pipe(v.number(), v.finite(beyond), v.minValue(0, beyond), v.maxValue(1e12, beyond));
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
  object({ kind: v.literal('uniform'), minMs: duration, maxMs: duration }),
  object({ kind: v.literal('exponential'), meanMs: duration }),
  object({
    kind: v.literal('lognormal'),
    medianMs: duration,
    sigma: v.pipe(v.number(), v.minValue(0, beyond), v.maxValue(5, beyond)),
  }),
]);

const unknown = 'is nothing this version knows';
const action = object({
  class: v.picklist(['design', 'operation', 'fault', 'workload']),
  name: v.pipe(
    v.string(),
    v.check((value) => actionNames().includes(value), unknown),
  ),
  target: v.pipe(
    v.string(),
    v.maxLength(200),
    v.check((value) => !isHostile(value), hostile),
  ),
  options,
});

const whole = v.pipe(v.number(), v.integer(), v.minValue(0, beyond), v.maxValue(1e15, beyond));

/** Of nodes, copies. */
const smallNumber = v.pipe(v.number(), v.integer(), v.minValue(1, beyond), v.maxValue(9, beyond));

const topic = object({
  name,
  partitions: v.pipe(v.number(), v.integer(), v.minValue(1, beyond), v.maxValue(100, beyond)),
  retentionMs: v.optional(v.nullable(duration)),
  retentionBytes: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(-1, beyond), v.maxValue(1e15, beyond)),
  ),
  segmentBytes: v.optional(whole),
  segmentMs: v.optional(duration),
  replicationFactor: v.optional(smallNumber),
  minInSyncReplicas: v.optional(smallNumber),
  uncleanLeaderElection: v.optional(v.boolean()),
});

const scenario = object({
  version: v.literal(scenarioVersion),
  name: v.pipe(v.string(), v.maxLength(200)),
  latencyMs: latency,
  links: v.pipe(v.array(object({ from: name, to: name, latencyMs: latency })), v.maxLength(1000)),
  brokers: v.pipe(
    v.array(
      object({
        name,
        kind: v.literal('kafka', unknown),
        topics: v.pipe(v.array(topic), v.maxLength(100)),
        nodes: v.optional(smallNumber),
        options: v.optional(options),
      }),
    ),
    v.maxLength(20),
  ),
  services: v.pipe(
    v.array(
      object({
        name,
        role: name,
        restartAfterMs: v.nullable(duration),
        parts: v.pipe(
          v.array(
            object({
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
  schedule: v.pipe(v.array(object({ atMs: duration, action })), v.maxLength(10_000)),
  endMs: duration,
});

const seed = v.pipe(v.number(), v.integer(), v.minValue(0, beyond), v.maxValue(0xffffffff, beyond));
const inputs = v.pipe(v.array(object({ time: whole, order: whole, action })), v.maxLength(100_000));
const recording = object({ engine: v.pipe(v.string(), v.maxLength(50)), scenario, seed, inputs });

/** Each on its own is within bounds; together they would still fill the memory. */
const partitionsMax = 2000;

/** Plain data of any version → Recording. Throws BadContent; nothing is taken over in part. */
export function parseRecording(input: unknown): Recording {
  checkPlain(input);
  const old = isRecord(input) ? input['scenario'] : undefined;
  const now = isRecord(old)
    ? { ...(input as object), scenario: migrated(scenarioFormat, old['version'], old) }
    : input;
  const read = parse(recording, now) as Recording;
  checkTogether(read);
  return read;
}

/** What a person did, on its own: a link to a lesson's run has the scenario from the lesson. Throws BadContent. */
export function parseInputs(input: unknown): readonly Input[] {
  checkPlain(input);
  return parse(inputs, input);
}

export const schemas = { seed, whole, name };

/** The value, or BadContent at the first thing in it that is wrong. */
export function parse<Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const issue = deepest(result.issues[0]);
  throw new BadContent(problemOf(issue), issue.message, pathOf(result.issues[0]));
}

/** Of the alternatives of a union, the first that went furthest says best what is wrong. */
function deepest(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const inner = issue.issues?.find(({ message }) => message === beyond || message === hostile);
  return inner ? deepest(inner) : issue;
}

function problemOf({ message, type, kind, expected }: v.BaseIssue<unknown>): ContentProblem {
  if (message === beyond) return 'absurd';
  if (message === hostile) return 'hostileName';
  if (message === unknown) return 'unknown';
  if (kind === 'validation' && (type === 'max_length' || type === 'integer')) return 'absurd';
  return expected === 'never' ? 'unknown' : 'notValid';
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  return (v.getDotPath(issue) ?? '').slice(0, 200);
}

function checkTogether({ scenario: { brokers, services } }: Recording): void {
  const ofBrokers = brokers.flatMap((broker) => [...new Set([broker.name, ...processNames(broker)])]);
  unique('processes', [...ofBrokers, ...services.map((service) => service.name)], 'scenario');
  for (const { name: broker, nodes = 1, topics } of brokers)
    for (const { name: topic, replicationFactor: copies = 1 } of topics)
      if (copies > nodes)
        throw new BadContent('notValid', `${copies} copies of "${topic}" need a node each`, broker);
  for (const { name: broker, topics } of brokers)
    unique(
      'topics',
      topics.map((one) => one.name),
      broker,
    );
  for (const { name: service, parts } of services)
    unique(
      'parts',
      parts.map((part) => part.name ?? part.kind),
      service,
    );
  const partitions = brokers.flatMap(({ topics }) => topics).reduce((sum, one) => sum + one.partitions, 0);
  if (partitions > partitionsMax)
    throw new BadContent(
      'absurd',
      `${partitions} partitions are more than ${partitionsMax}`,
      'scenario.brokers',
    );
}

function unique(things: string, names: readonly string[], where: string): void {
  const known = new Set<string>();
  for (const one of names) {
    if (known.has(one)) throw new BadContent('notValid', `two ${things} are called "${one}"`, where);
    known.add(one);
  }
}
