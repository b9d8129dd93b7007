/** What many RabbitMQ scenarios do, made of client calls only. */
import type {
  Channel,
  ChannelModel,
  ConfirmChannel,
  ConsumeMessage,
  GetMessage,
  Message,
  Options,
} from 'amqplib';
import type { Tools } from '../define';

/** A channel of a connection of its own, and what happened to the channel: errors with their text, and "close". */
export interface Open<C extends Channel = Channel> {
  readonly connection: ChannelModel;
  readonly channel: C;
  readonly happened: string[];
}

type Where = Parameters<Tools['amqp']['connect']>[1];

/** Connects under this name ("client" unless said) and opens a channel. */
export async function open({ amqp }: Tools, name?: string, where?: Where): Promise<Open> {
  const connection = await amqp.connect(name, where);
  watch(connection);
  return openOn(connection);
}

/** The same, and the channel confirms. */
export async function openConfirming(
  { amqp }: Tools,
  name?: string,
  where?: Where,
): Promise<Open<ConfirmChannel>> {
  const connection = await amqp.connect(name, where);
  watch(connection);
  return confirmingOn(connection);
}

/** A further channel of a connection. */
export async function openOn(connection: ChannelModel): Promise<Open> {
  const channel = await connection.createChannel();
  return { connection, channel, happened: watch(channel) };
}

export async function confirmingOn(connection: ChannelModel): Promise<Open<ConfirmChannel>> {
  const channel = await connection.createConfirmChannel();
  return { connection, channel, happened: watch(channel) };
}

/** What happens to a channel or a connection from now on. Nobody who listens makes an error one of the program. */
export function watch(emitter: Channel | ChannelModel): string[] {
  const happened: string[] = [];
  emitter.on('error', (error: Error) => happened.push(`error: ${error.message}`));
  emitter.on('close', () => happened.push('close'));
  return happened;
}

/** What happened to it, once it is closed. */
export async function endOf({ until }: Tools, happened: readonly string[]): Promise<readonly string[]> {
  await until(() => happened.includes('close'));
  return happened;
}

/** What the call is rejected with; null when it resolves. */
export async function rejectionOf(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

/**
 * What a channel of its own answers to the call, and what becomes of the channel and its connection: for what the broker
 * refuses. The connection is the one named "refused", a new one.
 */
export async function refusalOf(
  tools: Tools,
  call: (channel: Channel) => PromiseLike<unknown>,
): Promise<{
  readonly answer: unknown;
  readonly channel: readonly string[];
  readonly connection: readonly string[];
}> {
  const connection = await tools.amqp.connect('refused');
  const ofConnection = watch(connection);
  const { channel, happened } = await openOn(connection);
  const answer = await rejectionOf(call(channel));
  if (answer !== null) await endOf(tools, happened);
  if (!ofConnection.includes('close')) await tools.sleep(200);
  const seen = { answer, channel: [...happened], connection: [...ofConnection] };
  if (!ofConnection.includes('close')) await connection.close();
  return seen;
}

/** Publishes and waits for the broker's answer: "ack", or what the callback was called with. */
export async function publish(
  channel: ConfirmChannel,
  exchange: string,
  routingKey: string,
  body: string,
  options: Options.Publish = {},
): Promise<string> {
  return new Promise((resolve) => {
    channel.publish(exchange, routingKey, Buffer.from(body), options, (error: Error | null) =>
      resolve(error ? error.message : 'ack'),
    );
  });
}

/** To a queue by its name, one after the other, each confirmed. */
export async function send(
  channel: ConfirmChannel,
  queue: string,
  bodies: readonly string[],
  options: Options.Publish = {},
): Promise<string[]> {
  const answers: string[] = [];
  for (const body of bodies) answers.push(await publish(channel, '', queue, body, options));
  return answers;
}

export function bodyOf({ content }: Pick<Message, 'content'>): string {
  return content.toString();
}

/** "a", or "a again" when it is redelivered. */
export function seenOf(message: Message): string {
  return message.fields.redelivered ? `${bodyOf(message)} again` : bodyOf(message);
}

/** A consumer and what it was given, in order. */
export interface Consuming {
  readonly consumerTag: string;
  readonly messages: ConsumeMessage[];
  /** `seenOf` each; "cancelled" where the broker cancelled the consumer. */
  readonly seen: string[];
}

/** It only notes what it is given; with `ack` it acknowledges. */
export async function consume(
  channel: Channel,
  queue: string,
  { ack = false, ...options }: Options.Consume & { readonly ack?: boolean } = {},
): Promise<Consuming> {
  const messages: ConsumeMessage[] = [];
  const seen: string[] = [];
  const take = (message: ConsumeMessage | null): void => {
    seen.push(message ? seenOf(message) : 'cancelled');
    if (!message) return;
    messages.push(message);
    if (ack) channel.ack(message);
  };
  const { consumerTag } = await channel.consume(queue, take, options);
  return { consumerTag, messages, seen };
}

/** What it has seen, once it is so many and a moment passed without more. */
export async function settled(
  { until, sleep }: Tools,
  { seen }: Consuming,
  count: number,
): Promise<string[]> {
  await until(() => seen.length >= count);
  await sleep(300);
  return [...seen];
}

/** Takes all that is ready, and acknowledges it unless told otherwise. */
export async function drain(channel: Channel, queue: string, { noAck = true } = {}): Promise<GetMessage[]> {
  const messages: GetMessage[] = [];
  for (;;) {
    const message = await channel.get(queue, { noAck });
    if (message === false) return messages;
    messages.push(message);
  }
}

/** `seenOf` all that is ready. */
export async function drained(channel: Channel, queue: string): Promise<string[]> {
  return (await drain(channel, queue)).map(seenOf);
}

/** How many messages are ready. */
export async function ready(channel: Channel, queue: string): Promise<number> {
  return (await channel.checkQueue(queue)).messageCount;
}

/** A queue for what dies in another, and the arguments that other needs. */
export async function deadLetterQueue(
  { name }: Tools,
  channel: Channel,
): Promise<{ readonly queue: string; readonly arguments: Record<string, unknown> }> {
  const queue = name('dead');
  await channel.assertQueue(queue);
  return { queue, arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue } };
}

/** One entry of x-death without its time. */
export interface Death {
  readonly queue: string;
  readonly reason: string;
  readonly count: number;
}

interface DeathHeader extends Death {
  readonly exchange: string;
  readonly 'routing-keys': readonly string[];
  readonly 'original-expiration'?: string;
}

/** The message's x-death header, shortly: "queue reason count", the latest first; null when there is none. */
export function deathsOf(message: Pick<Message, 'properties'>): string[] | null {
  const deaths = message.properties.headers?.['x-death'] as readonly DeathHeader[] | undefined;
  return deaths?.map(({ queue, reason, count }) => `${queue} ${reason} ${count}`) ?? null;
}

/** All headers, with the times of deaths left out. */
export function headersOf({ properties: { headers = {} } }: Pick<Message, 'properties'>): unknown {
  const deaths = headers['x-death'] as readonly Record<string, unknown>[] | undefined;
  if (!deaths) return headers;
  return { ...headers, 'x-death': deaths.map(({ time: _, ...rest }) => rest) };
}
