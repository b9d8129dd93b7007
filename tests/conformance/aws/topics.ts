/** What many scenarios of AWS do with topics, made of the SDK's calls only. */
import type { PublishBatchCommandInput, PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '@aws-sdk/client-sqs';
import type { Tools } from '../define';
import { createQueue, errorOf, type Queue, type Refusal } from './steps';

type Attributes = Readonly<Record<string, string>>;

/** A topic and a client that uses it. */
export class Topic {
  readonly arn: string;
  readonly client: SNSClient;
  readonly sns: Tools['aws']['sns'];

  constructor({ aws }: Tools, client: SNSClient, arn: string) {
    this.sns = aws.sns;
    this.client = client;
    this.arn = arn;
  }

  publish(message: string, rest: Partial<PublishCommandInput> = {}) {
    return this.client.send(new this.sns.PublishCommand({ TopicArn: this.arn, Message: message, ...rest }));
  }

  publishBatch(entries: PublishBatchCommandInput['PublishBatchRequestEntries']) {
    return this.client.send(
      new this.sns.PublishBatchCommand({ TopicArn: this.arn, PublishBatchRequestEntries: entries }),
    );
  }

  async attributes(): Promise<Attributes> {
    return (await this.client.send(new this.sns.GetTopicAttributesCommand({ TopicArn: this.arn })))
      .Attributes!;
  }

  async destroy(): Promise<void> {
    await this.client.send(new this.sns.DeleteTopicCommand({ TopicArn: this.arn }));
  }
}

export function createTopic(tools: Tools, attributes: Attributes = {}, base = 'events'): Promise<Topic> {
  return create(tools, tools.name(base), attributes);
}

export function createFifoTopic(tools: Tools, attributes: Attributes = {}, base = 'events'): Promise<Topic> {
  return create(tools, `${tools.name(base)}.fifo`, { FifoTopic: 'true', ...attributes });
}

async function create(tools: Tools, name: string, attributes: Attributes): Promise<Topic> {
  const client = snsClient(tools);
  const command = new tools.aws.sns.CreateTopicCommand({ Name: name, Attributes: { ...attributes } });
  return new Topic(tools, client, (await client.send(command)).TopicArn!);
}

export function snsClient({ aws }: Tools): SNSClient {
  return new aws.sns.SNSClient();
}

/** Lets the topic send to the queue and subscribes it; resolves to the subscription's ARN. */
export async function subscribe(topic: Topic, queue: Queue, attributes: Attributes = {}): Promise<string> {
  await allow(topic, queue);
  const command = new topic.sns.SubscribeCommand({
    ...{ TopicArn: topic.arn, Protocol: 'sqs', Endpoint: await queue.arn() },
    ...{ Attributes: { ...attributes }, ReturnSubscriptionArn: true },
  });
  return (await topic.client.send(command)).SubscriptionArn!;
}

/** A queue takes from a topic only what its policy lets it. */
export async function allow(topic: Topic, queue: Queue): Promise<void> {
  const statement = {
    ...{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' },
    ...{ Resource: await queue.arn(), Condition: { ArnEquals: { 'aws:SourceArn': topic.arn } } },
  };
  await queue.set({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
}

export async function setSubscription(topic: Topic, arn: string, name: string, value: string): Promise<void> {
  const command = new topic.sns.SetSubscriptionAttributesCommand({
    ...{ SubscriptionArn: arn, AttributeName: name, AttributeValue: value },
  });
  await topic.client.send(command);
}

/** Attributes of a subscription without those that name accounts and users; the filter policy as JSON. */
export async function attributesOfSubscription(topic: Topic, arn: string): Promise<Record<string, unknown>> {
  const command = new topic.sns.GetSubscriptionAttributesCommand({ SubscriptionArn: arn });
  const { Attributes = {} } = await topic.client.send(command);
  const { Owner: _, SubscriptionArn: __, SubscriptionPrincipal: ___, FilterPolicy, ...rest } = Attributes;
  return {
    ...rest,
    ...(FilterPolicy === undefined ? {} : { FilterPolicy: JSON.parse(FilterPolicy) as unknown }),
  };
}

/** What SNS wrapped around a message: its fields, and those of them that say something. */
export function envelopeOf({ Body }: Message): Record<string, unknown> {
  const envelope = JSON.parse(Body!) as Record<string, unknown>;
  const { Type, Message: message, Subject, TopicArn, MessageAttributes, SignatureVersion } = envelope;
  return {
    ...{ fields: Object.keys(envelope).sort(), Type, Message: message, Subject, TopicArn },
    ...{ MessageAttributes, SignatureVersion },
  };
}

/** Up to so many messages, each deleted; waits `seconds` for one. */
export async function takeAll(queue: Queue, count: number, seconds = 4): Promise<Message[]> {
  const taken: Message[] = [];
  while (taken.length < count) {
    const received = await queue.receive({
      ...{ WaitTimeSeconds: seconds, MaxNumberOfMessages: 10 },
      ...{ MessageAttributeNames: ['All'], AttributeNames: ['All'] as ['All'] },
    });
    if (received.length === 0) break;
    for (const message of received) await queue.delete(message);
    taken.push(...received);
  }
  return taken;
}

/** Without what a parser adds about where it stood. */
export function firstLineOf(refusal: Refusal | null): Refusal | null {
  return refusal && { ...refusal, message: refusal.message.split('\n')[0] };
}

/** Why a filter policy is refused when a queue is subscribed with it. */
export async function refusedPolicy(tools: Tools, topic: Topic, policy: unknown): Promise<Refusal | null> {
  const queue = await createQueue(tools);
  return firstLineOf(await errorOf(subscribe(topic, queue, { FilterPolicy: JSON.stringify(policy) })));
}
