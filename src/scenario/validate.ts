/** Checks what comes from outside (file, link, import) before anything is built from it. */
import * as v from 'valibot';
import { actionNames } from './actions';
import { BadContent, type ContentProblem } from './bad-content';
import { checkBrokers, unique } from './check-brokers';
import { brokerSchema } from './broker-schemas';
import { isRecord, migrated, scenarioFormat } from './migrate';
import { processNames } from './nodes';
import { checkPlain, isHostile } from './plain';
import { beyond, duration, hostile, name, object, options, scalar, unknown, whole } from './schema-fields';
import { scenarioVersion, type Input, type Recording } from './scenario';

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

const scenario = object({
  version: v.literal(scenarioVersion),
  name: v.pipe(v.string(), v.maxLength(200)),
  latencyMs: latency,
  links: v.pipe(v.array(object({ from: name, to: name, latencyMs: latency })), v.maxLength(1000)),
  brokers: v.pipe(v.array(brokerSchema), v.maxLength(20)),
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
  checkBrokers(brokers, services);
  for (const { name: service, parts } of services)
    unique(
      'parts',
      parts.map((part) => part.name ?? part.kind),
      service,
    );
}
