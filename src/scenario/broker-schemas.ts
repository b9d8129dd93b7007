/** Each kind of broker as it may stand in a scenario: field by field. What must fit together is in check-brokers.ts. */
import * as v from 'valibot';
import { isHostile } from './plain';
import { beyond, duration, hostile, name, object, options, scalar, smallNumber, unknown, whole } from './schema-fields'; // prettier-ignore

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

const kafka = object({
  name,
  kind: v.literal('kafka'),
  topics: v.pipe(v.array(topic), v.maxLength(100)),
  nodes: v.optional(smallNumber),
  options: v.optional(options),
});

/** AMQP allows more (any UTF-8); a slash would make two addresses one. */
const amqpText = v.pipe(
  v.string(),
  v.maxLength(255),
  v.regex(/^[^\p{Cc}/]*$/u, 'holds a slash or an invisible character'),
  v.check((value) => !isHostile(value), hostile),
);
const amqpName = v.pipe(amqpText, v.minLength(1));
const amqpArguments = v.record(v.pipe(v.string(), v.maxLength(128)), scalar);

const rabbitmq = object({
  name,
  kind: v.literal('rabbitmq'),
  version: v.optional(v.picklist(['4.0', '3.10'])),
  nodes: v.optional(smallNumber),
  exchanges: v.optional(
    v.pipe(
      v.array(
        object({
          name: amqpName,
          type: v.picklist(['direct', 'topic', 'fanout', 'headers']),
          durable: v.optional(v.boolean()),
          autoDelete: v.optional(v.boolean()),
          internal: v.optional(v.boolean()),
          arguments: v.optional(amqpArguments),
        }),
      ),
      v.maxLength(100),
    ),
  ),
  queues: v.optional(
    v.pipe(
      v.array(
        object({
          name: amqpName,
          durable: v.optional(v.boolean()),
          autoDelete: v.optional(v.boolean()),
          arguments: v.optional(amqpArguments),
        }),
      ),
      v.maxLength(200),
    ),
  ),
  bindings: v.optional(
    v.pipe(
      v.array(
        object({
          source: amqpName,
          destination: amqpName,
          destinationType: v.optional(v.picklist(['queue', 'exchange'])),
          routingKey: v.optional(amqpText),
          arguments: v.optional(amqpArguments),
        }),
      ),
      v.maxLength(1000),
    ),
  ),
  options: v.optional(options),
});

const awsAttributes = v.record(v.pipe(v.string(), v.maxLength(256)), v.pipe(v.string(), v.maxLength(10_000)));

/** Of queues and topics: letters, digits, hyphen and underscore, and .fifo at the end of some. */
function awsName(lengthMax: number) {
  return v.pipe(
    v.string(),
    v.maxLength(lengthMax),
    v.regex(/^[A-Za-z0-9_-]+(\.fifo)?$/, 'only letters, digits, hyphen, underscore, and .fifo at the end'),
    v.check((value) => !isHostile(value), hostile),
  );
}

const sqs = object({
  name,
  kind: v.literal('sqs'),
  queues: v.pipe(
    v.array(object({ name: awsName(80), attributes: v.optional(awsAttributes) })),
    v.maxLength(200),
  ),
  options: v.optional(options),
});

/** "sqs/orders", "lambda/resize", or an ARN. */
const endpoint = v.pipe(
  v.string(),
  v.maxLength(400),
  v.regex(/^(arn:aws:[a-z]+:[a-z0-9-]*:\d{12}:[\w.:-]+|[\w.-]+\/[\w.-]+)$/, 'neither an address nor an ARN'),
  v.check((value) => !value.split('/').some(isHostile), hostile),
);

const sns = object({
  name,
  kind: v.literal('sns'),
  topics: v.pipe(
    v.array(object({ name: awsName(256), attributes: v.optional(awsAttributes) })),
    v.maxLength(100),
  ),
  subscriptions: v.optional(
    v.pipe(
      v.array(
        object({
          topic: awsName(256),
          protocol: v.picklist(['sqs', 'lambda']),
          endpoint,
          attributes: v.optional(awsAttributes),
        }),
      ),
      v.maxLength(200),
    ),
  ),
  options: v.optional(options),
});

const functionName = v.pipe(name, v.maxLength(64), v.regex(/^[\w-]+$/, 'only letters, digits, hyphen and underscore')); // prettier-ignore

/** Limits are AWS's: SDK documentation of client-lambda. */
function between(least: number, most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(least, beyond), v.maxValue(most, beyond));
}

const lambda = object({
  name,
  kind: v.literal('lambda'),
  functions: v.pipe(
    v.array(
      object({
        name: functionName,
        process: name,
        timeoutMs: v.optional(between(1000, 900_000)),
        memoryMb: v.optional(between(128, 10_240)),
        reservedConcurrency: v.optional(between(0, 1000)),
      }),
    ),
    v.maxLength(50),
  ),
  eventSourceMappings: v.optional(
    v.pipe(
      v.array(
        object({
          function: functionName,
          queue: endpoint,
          batchSize: v.optional(between(1, 10_000)),
          maximumBatchingWindowMs: v.optional(between(0, 300_000)),
          maximumConcurrency: v.optional(between(2, 1000)),
          reportBatchItemFailures: v.optional(v.boolean()),
          filterCriteria: v.optional(
            object({
              Filters: v.pipe(
                v.array(object({ Pattern: v.pipe(v.string(), v.maxLength(4096)) })),
                v.maxLength(10),
              ),
            }),
          ),
        }),
      ),
      v.maxLength(100),
    ),
  ),
  options: v.optional(options),
});

export const brokerSchema = v.variant('kind', [kafka, rabbitmq, sqs, sns, lambda], unknown);
