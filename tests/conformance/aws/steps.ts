/** What many scenarios of AWS do with queues, made of the SDK's calls only. */
import type {
  DeleteMessageBatchCommandInput, Message, ReceiveMessageCommandInput, SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput, SendMessageCommandInput, SendMessageCommandOutput, SQSClient,
} from '@aws-sdk/client-sqs'; // prettier-ignore
import type { Tools } from '../define';

type Attributes = Readonly<Record<string, string>>;

/** A queue and a client that uses it. */
export class Queue {
  readonly url: string;
  readonly client: SQSClient;
  private readonly sqs: Tools['aws']['sqs'];

  constructor({ aws }: Tools, client: SQSClient, url: string) {
    this.sqs = aws.sqs;
    this.client = client;
    this.url = url;
  }

  send(body: string, rest: Partial<SendMessageCommandInput> = {}): Promise<SendMessageCommandOutput> {
    return this.client.send(
      new this.sqs.SendMessageCommand({ QueueUrl: this.url, MessageBody: body, ...rest }),
    );
  }

  sendBatch(entries: SendMessageBatchCommandInput['Entries']): Promise<SendMessageBatchCommandOutput> {
    return this.client.send(new this.sqs.SendMessageBatchCommand({ QueueUrl: this.url, Entries: entries }));
  }

  /** An empty list when there are none. Waits two seconds for some, unless said: a short poll may overlook a message. */
  async receive(options: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
    const { Messages = [] } = await this.client.send(
      new this.sqs.ReceiveMessageCommand({ QueueUrl: this.url, WaitTimeSeconds: 2, ...options }),
    );
    return Messages;
  }

  /** Receives until there are so many; gives up after a minute's tries. */
  async collect(count: number, options: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
    const collected: Message[] = [];
    for (let tries = 0; collected.length < count && tries < 30; tries++)
      collected.push(...(await this.receive({ MaxNumberOfMessages: 10, ...options })));
    return collected;
  }

  async delete({ ReceiptHandle }: Message): Promise<void> {
    await this.client.send(new this.sqs.DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }));
  }

  deleteBatch(entries: DeleteMessageBatchCommandInput['Entries']) {
    return this.client.send(new this.sqs.DeleteMessageBatchCommand({ QueueUrl: this.url, Entries: entries }));
  }

  async changeVisibility({ ReceiptHandle }: Message, seconds: number): Promise<void> {
    await this.client.send(
      new this.sqs.ChangeMessageVisibilityCommand({
        QueueUrl: this.url,
        ReceiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  }

  /** Undefined when none of those asked for is set. */
  async attributes(...names: string[]): Promise<Attributes | undefined> {
    const { Attributes } = await this.client.send(
      new this.sqs.GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: names as ['All'] }),
    );
    return Attributes;
  }

  async set(attributes: Attributes): Promise<void> {
    await this.client.send(
      new this.sqs.SetQueueAttributesCommand({ QueueUrl: this.url, Attributes: { ...attributes } }),
    );
  }

  async arn(): Promise<string> {
    return (await this.attributes('QueueArn'))!.QueueArn;
  }

  /** Approximate numbers of messages that are there, in flight, and delayed. */
  async counts(): Promise<{ visible: number; inFlight: number; delayed: number }> {
    const counts = (await this.attributes(
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ))!;
    return {
      visible: Number(counts.ApproximateNumberOfMessages),
      inFlight: Number(counts.ApproximateNumberOfMessagesNotVisible),
      delayed: Number(counts.ApproximateNumberOfMessagesDelayed),
    };
  }

  async purge(): Promise<void> {
    await this.client.send(new this.sqs.PurgeQueueCommand({ QueueUrl: this.url }));
  }

  /** The queue itself. */
  async destroy(): Promise<void> {
    await this.client.send(new this.sqs.DeleteQueueCommand({ QueueUrl: this.url }));
  }
}

/** A standard queue under a name that nobody has used. */
export function createQueue(tools: Tools, attributes: Attributes = {}, base = 'orders'): Promise<Queue> {
  return createNamedQueue(tools, tools.name(base), attributes);
}

export function createFifoQueue(tools: Tools, attributes: Attributes = {}, base = 'orders'): Promise<Queue> {
  return createNamedQueue(tools, `${tools.name(base)}.fifo`, { FifoQueue: 'true', ...attributes });
}

export async function createNamedQueue(tools: Tools, name: string, attributes?: Attributes): Promise<Queue> {
  const { SQSClient, CreateQueueCommand } = tools.aws.sqs;
  const client = new SQSClient();
  const { QueueUrl } = await client.send(
    new CreateQueueCommand({ QueueName: name, ...(attributes ? { Attributes: { ...attributes } } : {}) }),
  );
  return new Queue(tools, client, QueueUrl!);
}

/** The attribute that makes `dead` the dead-letter queue of another one. */
export async function deadLettersTo(dead: Queue, maxReceiveCount: number): Promise<Attributes> {
  return { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: await dead.arn(), maxReceiveCount }) };
}

/** A queue whose messages go to `dead` after so many receives, and that one. */
export async function createQueueWithDeadLetters(
  tools: Tools,
  maxReceiveCount: number,
  attributes: Attributes = {},
): Promise<{ readonly queue: Queue; readonly dead: Queue }> {
  const dead = await createQueue(tools, {}, 'dead');
  const queue = await createQueue(tools, { ...(await deadLettersTo(dead, maxReceiveCount)), ...attributes });
  return { queue, dead };
}

/** Puts messages into the dead-letter queue of a queue with a maxReceiveCount of 1: each is received once and asked for again. */
export async function fillDeadLetters(queue: Queue, dead: Queue, bodies: readonly string[]): Promise<void> {
  for (const body of bodies) await queue.send(body);
  for (let tries = 0; tries < 60 && (await dead.counts()).visible < bodies.length; tries++)
    await queue.receive({ VisibilityTimeout: 0, MaxNumberOfMessages: 10 });
}

export function bodiesOf(messages: readonly Message[]): string[] {
  return messages.map(({ Body }) => Body!);
}

/** How often a message was received, as it says itself; it has to be asked for. */
export const counted = {
  MessageSystemAttributeNames: ['ApproximateReceiveCount'],
} satisfies Partial<ReceiveMessageCommandInput>;

export function countOf({ Attributes }: Message): number {
  return Number(Attributes?.ApproximateReceiveCount);
}

/** An attribute of a message. */
export function text(value: string, type = 'String') {
  return { DataType: type, StringValue: value };
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** The service's code, words and HTTP status; null when nothing was refused. */
export async function errorOf(call: Promise<unknown>): Promise<Refusal | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const { Code, name, message, $metadata } = error as Error & {
      readonly Code?: string;
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    if ($metadata?.httpStatusCode === undefined) throw error;
    return { code: Code ?? name, message, status: $metadata.httpStatusCode };
  }
}
