/** SNS alone, with made-up queues and functions behind it, for tests. */
import { expect } from 'vitest';
import { part, type SnsSpec } from '../../src/brokers/aws/sns/broker';
import type { PublishResponse, SnsRequest } from '../../src/brokers/aws/sns/protocol';
import type { SendMessageRequest } from '../../src/brokers/aws/sqs/protocol';
import type { ErrorResponse } from '../../src/brokers/aws/protocol/common';
import { textOf } from '../../src/brokers/aws/protocol/content';
import type { Tagged } from '../../src/kernel/machine';
import { AwsWorld, endpoint, type EndpointState } from './aws-world';

export const topicArn = 'arn:aws:sns:us-east-1:000000000000:events';
export const fifoArn = `${topicArn}.fifo`;
export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
export const queueUrlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;

export const accepts = (request: Tagged): Tagged =>
  request.type === 'InvokeRequest'
    ? ({ type: 'InvokeResponse', StatusCode: 202 } as Tagged)
    : ({ type: 'SendMessageResponse', MessageId: 'm' } as Tagged);

export const queueIsGone = {
  type: 'ErrorResponse',
  code: 'AWS.SimpleQueueService.NonExistentQueue',
  exception: 'QueueDoesNotExist',
  message: 'The specified queue does not exist.',
  fault: 'Sender',
  httpStatus: 400,
} as Tagged;

/** SNS with endpoints that a test decides about: accepting everything unless told otherwise. */
export function sns(
  spec: Partial<SnsSpec> = {},
  answersFor: (request: Tagged, count: number) => Tagged | null = accepts,
) {
  const whole = { name: 'sns', kind: 'sns', topics: [{ name: 'events' }], ...spec };
  const world = new AwsWorld({
    processes: [
      { name: 'sns', parts: [{ name: 'broker', machine: part.machine, options: whole }] },
      { name: 'sqs', parts: [{ name: 'broker', machine: endpoint(answersFor) }] },
      { name: 'lambda', parts: [{ name: 'broker', machine: endpoint(accepts) }] },
    ],
  });
  const ask = <Answer extends Tagged>(request: SnsRequest) => world.ask<Answer>('sns', request);
  return {
    world,
    ask,
    error: (request: SnsRequest) => {
      const { type, code, message } = ask<ErrorResponse>(request);
      expect(type).toBe('ErrorResponse');
      return `${code}: ${message}`;
    },
    publish: (text: string, more: object = {}) =>
      ask<PublishResponse>({
        type: 'PublishRequest',
        TopicArn: topicArn,
        Message: { message: world.message(text) },
        ...more,
      }),
    /** What a queue was sent: its name and the text. */
    sent: () =>
      world.state<EndpointState>('sqs/broker').received.map((request) => {
        const { QueueUrl, Body } = request as SendMessageRequest;
        return [QueueUrl.split('/').at(-1), textOf(Body, world.bodies.get(Body.message))];
      }),
    requests: () => world.state<EndpointState>('sqs/broker').received as readonly SendMessageRequest[],
  };
}

export const toQueue = (name: string, attributes: Record<string, string> = {}, topic = 'events') => ({
  topic,
  protocol: 'sqs' as const,
  endpoint: `sqs/${name}`,
  attributes,
});
