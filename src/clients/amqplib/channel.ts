/** amqplib's Channel and ConfirmChannel (lib/channel.js, lib/channel_model.js). */
import type { ConsumeMessage, GetMessage, Message, Options } from 'amqplib';
import {
  replyCodes,
  type ChannelClose,
  type ClientMethod,
  type ServerMethod,
} from '../../brokers/rabbitmq/protocol';
import { noCause } from '../../kernel/fact';
import * as args from './args';
import { Confirms, type ConfirmCallback } from './confirms';
import type { Connection } from './connection';
import { Emitter } from './emitter';
import { channelClosedByServer, IllegalOperationError, operationFailed, type AmqpError } from './errors';
import { bodyOf, messageOf } from './messages';
import type { MethodName } from './methods';
import { safeEmit } from './safe-emit';

type Bare<Method> = Method extends ClientMethod ? Omit<Method, 'channel'> : never;
type Fields = Record<string, unknown>;
type Callback = (message: ConsumeMessage | null) => unknown;

/** A call without its answer. */
interface Waiting {
  readonly method: MethodName;
  readonly resolve: (answer: ServerMethod) => void;
  readonly reject: (error: Error) => void;
}

const defaultHighWaterMark = 1024;

export class Channel extends Emitter {
  readonly connection: Connection;
  /** Its number. */
  ch = 0;
  protected readonly confirms = new Confirms();
  private readonly consumers = new Map<string, Callback>();
  /** By ticket; the first is under way. */
  private readonly waiting = new Map<number, Waiting>();
  private unusable: 'Channel closing' | 'Channel closed' | null = null;
  /** A method could not be encoded when its turn had come: the library waits for its answer for ever. */
  private stuck = false;
  private readonly writableChunks: number;
  private drains = false;

  constructor(connection: Connection, options: { readonly highWaterMark?: number } = {}) {
    super();
    this.connection = connection;
    // a stream that is written and read takes its mark on both sides, less the one that is being handed over
    this.writableChunks = 2 * (options.highWaterMark || defaultHighWaterMark) - 1;
    this.on('ack', (fields) => this.confirms.settle(fields as never, null));
    this.on('nack', (fields) => this.confirms.settle(fields as never, 'message nacked'));
    this.on('close', () => this.confirms.lose());
    this.on('delivery', (message) => this.dispatch(message as ConsumeMessage));
    this.on('cancel', (fields) => this.cancelled(fields as { readonly consumerTag: string }));
  }

  async open(): Promise<void> {
    this.ch = this.connection.allocate(this);
    await this.rpc(() => ({ type: 'ChannelOpen' }));
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.closeBecause('Goodbye', replyCodes.REPLY_SUCCESS, resolve));
  }

  assertQueue(queue?: string, options?: Options.AssertQueue): Promise<Fields> {
    return this.rpc(() => args.assertQueue(queue || '', options));
  }
  checkQueue(queue: string): Promise<Fields> {
    return this.rpc(() => args.checkQueue(queue));
  }
  deleteQueue(queue: string, options?: Options.DeleteQueue): Promise<Fields> {
    return this.rpc(() => args.deleteQueue(queue, options));
  }
  purgeQueue(queue: string): Promise<Fields> {
    return this.rpc(() => args.purgeQueue(queue));
  }
  bindQueue(queue: string, source: string, pattern: string, argt?: unknown): Promise<Fields> {
    return this.rpc(() => args.queueBinding('QueueBind', queue, source, pattern, argt));
  }
  unbindQueue(queue: string, source: string, pattern: string, argt?: unknown): Promise<Fields> {
    return this.rpc(() => args.queueBinding('QueueUnbind', queue, source, pattern, argt));
  }
  async assertExchange(exchange: string, type: string, options?: Options.AssertExchange): Promise<Fields> {
    await this.rpc(() => args.assertExchange(exchange, type, options));
    return { exchange };
  }
  checkExchange(exchange: string): Promise<Fields> {
    return this.rpc(() => args.checkExchange(exchange));
  }
  deleteExchange(name: string, options?: Options.DeleteExchange): Promise<Fields> {
    return this.rpc(() => args.deleteExchange(name, options));
  }
  bindExchange(destination: string, source: string, pattern: string, argt?: unknown): Promise<Fields> {
    return this.rpc(() => args.exchangeBinding('ExchangeBind', destination, source, pattern, argt));
  }
  unbindExchange(destination: string, source: string, pattern: string, argt?: unknown): Promise<Fields> {
    return this.rpc(() => args.exchangeBinding('ExchangeUnbind', destination, source, pattern, argt));
  }

  /** Whether more may be written before 'drain'. */
  publish(exchange: string, routingKey: string, content: Buffer, options?: Options.Publish): boolean {
    this.checkUsable();
    this.connection.checkUsable();
    const body = bodyOf(content, String(routingKey ?? ''));
    const method = args.publish(exchange, routingKey, options);
    const message = this.connection.world.compose(body);
    this.write({ ...method, message, sizeBytes: content.length, cause: noCause });
    return this.mayWriteMore();
  }
  sendToQueue(queue: string, content: Buffer, options?: Options.Publish): boolean {
    return this.publish('', queue, content, options);
  }

  /** The callback is there before any message can be. */
  consume(queue: string, callback: Callback, options?: Options.Consume): Promise<Fields> {
    return this.rpc(
      () => args.consume(queue, options),
      (answer) => this.consumers.set((answer as { consumerTag?: string }).consumerTag!, callback),
    );
  }
  async cancel(consumerTag: string): Promise<Fields> {
    const fields = await this.rpc(() => args.cancel(consumerTag));
    this.consumers.delete(consumerTag);
    return fields;
  }
  async get(queue: string, options?: Options.Get): Promise<GetMessage | false> {
    let got: GetMessage | false = false;
    await this.rpc(
      () => args.get(queue, options),
      (answer) => {
        if (answer.type === 'BasicGetOk') got = messageOf(this.connection.world, answer) as GetMessage;
      },
    );
    return got;
  }

  ack(message: Message, allUpTo?: boolean): void {
    this.settle(() => args.ack(message.fields.deliveryTag, allUpTo));
  }
  ackAll(): void {
    this.settle(() => args.ack(0, true));
  }
  nack(message: Message, allUpTo?: boolean, requeue?: boolean): void {
    this.settle(() => args.nack(message.fields.deliveryTag, allUpTo, requeue));
  }
  nackAll(requeue?: boolean): void {
    this.settle(() => args.nack(0, true, requeue));
  }
  reject(message: Message, requeue?: boolean): void {
    this.settle(() => args.reject(message.fields.deliveryTag, requeue));
  }

  qos(count: number, global?: boolean): Promise<Fields> {
    return this.rpc(() => args.prefetch(count, global));
  }
  prefetch(count: number, global?: boolean): Promise<Fields> {
    return this.qos(count, global);
  }
  recover(): Promise<Fields> {
    return this.rpc(() => ({ type: 'BasicRecover', requeue: true }));
  }
  confirmSelect(): Promise<Fields> {
    return this.rpc(() => ({ type: 'ConfirmSelect' }));
  }

  // what its connection hears

  answered(ticket: number, answer: ServerMethod): void {
    const call = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    call?.resolve(answer);
  }

  said(method: ServerMethod): void {
    const { world } = this.connection;
    switch (method.type) {
      case 'BasicDeliver':
        return this.handOver('delivery', messageOf(world, method));
      case 'BasicReturn':
        return this.handOver('return', messageOf(world, method));
      case 'BasicAck':
        return this.emitSafely('ack', fieldsOf(method));
      case 'BasicNack':
        return this.emitSafely('nack', fieldsOf(method));
      case 'BasicCancel':
        return this.emitSafely('cancel', fieldsOf(method));
      default:
        return;
    }
  }

  closedByServer(close: ChannelClose): void {
    const [first] = this.waiting;
    if (first) {
      const [ticket, call] = first;
      this.waiting.delete(ticket);
      call.reject(operationFailed(call.method, close));
    }
    this.emitSafely('error', channelClosedByServer(close));
    this.ended();
  }

  /** Nobody will hear of it any more. */
  ended(): void {
    this.unusable = 'Channel closed';
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(new Error('Channel ended, no reply will be forthcoming'));
    this.connection.release(this);
    this.emitSafely('close');
  }

  /** A callback's error closes the channel, as one that comes from the library itself does. */
  private handOver(event: 'delivery' | 'return', message: Message): void {
    try {
      this.emitSafely(event, message);
    } catch (thrown) {
      const error: AmqpError = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.closeBecause('Error while processing message', replyCodes.INTERNAL_ERROR, () => {
        error.code = replyCodes.INTERNAL_ERROR;
        this.emitSafely('error', error);
      });
    }
  }

  private closeBecause(replyText: string, replyCode: number, done: () => void): void {
    this.checkUsable();
    this.connection.checkUsable();
    this.unusable = 'Channel closing';
    const ticket = this.connection.ticket(() => {
      done();
      this.ended();
    });
    this.connection.tell({ type: 'CloseChannel', ticket, channel: this.ch, replyCode, replyText });
  }

  private dispatch(message: ConsumeMessage): void {
    const { consumerTag } = message.fields;
    this.consumerOf(consumerTag)(message);
  }

  private cancelled({ consumerTag }: { readonly consumerTag: string }): void {
    this.consumerOf(consumerTag)(null);
    this.consumers.delete(consumerTag);
  }

  private consumerOf(tag: string): Callback {
    const callback = this.consumers.get(tag);
    if (!callback) throw new Error(`Unknown consumer: ${tag}`);
    return callback;
  }

  /** `heard` runs before anything else can be heard. */
  private rpc(make: () => Bare<ClientMethod>, heard?: (answer: ServerMethod) => void): Promise<Fields> {
    return new Promise((resolve, reject) => {
      this.checkUsable();
      if (this.waiting.size === 0) this.connection.checkUsable();
      const encoded = attempt(make);
      const ticket = this.connection.ticket();
      const call: Waiting = {
        method: ('method' in encoded ? encoded.method.type : 'ChannelOpen') as MethodName,
        resolve: (answer) => {
          heard?.(answer);
          resolve(fieldsOf(answer));
        },
        reject,
      };
      if ('error' in encoded) {
        if (this.waiting.size === 0) this.waiting.set(ticket, call);
        this.stuck ||= this.waiting.has(ticket);
        return reject(encoded.error);
      }
      this.waiting.set(ticket, call);
      const method = { ...encoded.method, channel: this.ch } as ClientMethod;
      if (!this.stuck) this.connection.tell({ type: 'Call', ticket, method });
    });
  }

  private settle(make: () => Bare<ClientMethod>): void {
    this.checkUsable();
    this.connection.checkUsable();
    this.write(make());
  }

  private write(method: Bare<ClientMethod>): void {
    this.connection.tell({ type: 'Write', method: { ...method, channel: this.ch } as ClientMethod });
  }

  private mayWriteMore(): boolean {
    if (this.connection.unsent(this.ch) < this.writableChunks) return true;
    if (!this.drains) {
      this.drains = true;
      void this.connection.world.sleep(0).then(() => {
        this.drains = false;
        this.emitSafely('drain');
      });
    }
    return false;
  }

  private checkUsable(): void {
    if (this.unusable) throw new IllegalOperationError(this.unusable);
  }

  private emitSafely(event: string, ...values: readonly unknown[]): void {
    safeEmit(this, this.connection.world, event, ...values);
  }
}

export class ConfirmChannel extends Channel {
  override publish(
    exchange: string,
    routingKey: string,
    content: Buffer,
    options?: Options.Publish,
    callback?: ConfirmCallback,
  ): boolean {
    const mayWriteMore = super.publish(exchange, routingKey, content, options);
    this.confirms.push(callback);
    return mayWriteMore;
  }
  override sendToQueue(
    queue: string,
    content: Buffer,
    options?: Options.Publish,
    callback?: ConfirmCallback,
  ): boolean {
    return this.publish('', queue, content, options, callback);
  }
  waitForConfirms(): Promise<void> {
    return this.confirms.all();
  }
}

function attempt<Method>(make: () => Method): { readonly method: Method } | { readonly error: Error } {
  try {
    return { method: make() };
  } catch (error) {
    return { error: error as Error };
  }
}

/** What the library gives of a method: its fields, without the method. */
function fieldsOf(method: ServerMethod): Fields {
  const { type: _, channel: __, ...fields } = method;
  return fields;
}
