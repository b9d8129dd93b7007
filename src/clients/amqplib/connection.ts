/** amqplib's Connection and the ChannelModel that programs hold (lib/connection.js, lib/channel_model.js). */
import type { ConnectionClose, ServerMethod } from '../../brokers/rabbitmq/protocol';
import { machine, type ClientCommand, type ClientHeard, type ClientOptions } from '../rabbitmq/client';
import type { Link } from '../rabbitmq/link';
import { scriptPart, type Driver, type ScriptWorld } from '../script';
import { Channel, ConfirmChannel } from './channel';
import { Emitter } from './emitter';
import { connectionClosedByServer, IllegalOperationError, isFatal, socketError } from './errors';
import { readTable } from './tables';
import { safeEmit } from './safe-emit';

type Opened = (error: Error | null) => void;

export class Connection extends Emitter {
  readonly world: ScriptWorld;
  serverProperties: Record<string, unknown> = {};
  private readonly driver: Driver;
  private readonly host: string;
  private readonly channels = new Map<number, Channel>();
  private lastTicket = 0;
  /** Who hears of a close that was asked for, by ticket. */
  private readonly closing = new Map<number, () => void>();
  private channelMax = 0xffff;
  private blocked = false;
  /** Why nothing can be sent any more. */
  private unusable: string | null = null;
  private isOver = false;
  private opened: Opened | null;

  constructor(world: ScriptWorld, name: string, options: Omit<ClientOptions, 'replyTo'>, opened: Opened) {
    super();
    this.world = world;
    this.host = options.host;
    this.opened = opened;
    this.driver = world.start(name, machine, { ...options, replyTo: scriptPart }, (command) =>
      this.hear((command as ClientHeard).heard),
    );
    this.tell({ type: 'Open' });
  }

  tell(command: ClientCommand): void {
    this.driver.tell(command);
  }

  ticket(closed?: () => void): number {
    if (closed) this.closing.set(this.lastTicket + 1, closed);
    return ++this.lastTicket;
  }

  /** Methods of a channel that this turn of the program has written. */
  unsent(channel: number): number {
    return (this.driver.state as { readonly link: Link }).link.outbox?.get(channel)?.length ?? 0;
  }

  checkUsable(): void {
    if (this.unusable !== null) throw new IllegalOperationError(this.unusable);
  }

  /** The lowest number that is free. */
  allocate(channel: Channel): number {
    let number = 1;
    while (this.channels.has(number)) number++;
    if (number > this.channelMax) throw new Error('No channels left to allocate');
    this.channels.set(number, channel);
    return number;
  }

  release({ ch }: Channel): void {
    this.channels.delete(ch);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.checkUsable();
      const ticket = this.ticket(() => {
        resolve();
        this.ended();
      });
      this.tell({ type: 'Close', ticket });
      this.unusable = 'Connection closing';
      if (!this.blocked) return;
      // nobody reads at the other end: it does not wait for an answer
      this.tell({ type: 'Drop' });
      resolve();
      this.ended();
    });
  }

  updateSecret(_secret: unknown, reason: string): Promise<void> {
    return new Promise((resolve) => {
      this.checkUsable();
      this.tell({ type: 'Write', method: { type: 'ConnectionUpdateSecret', channel: 0, reason } });
      this.once('update-secret-ok', () => resolve());
    });
  }

  private hear(heard: ClientHeard['heard']): void {
    try {
      this.take(heard);
    } catch (error) {
      // what comes up to the loop that reads frames ends the connection (lib/connection.js acceptLoop)
      this.broken(error as Error);
    }
  }

  private take(heard: ClientHeard['heard']): void {
    switch (heard.is) {
      case 'opened': {
        this.serverProperties = readTable(heard.method.serverProperties);
        this.channelMax = heard.method.channelMax || 0xffff;
        return this.settleOpening(null);
      }
      case 'answered':
        return this.channels.get(heard.rpc.method.channel)?.answered(heard.rpc.ticket, heard.method);
      case 'said':
        return this.said(heard.method);
      case 'channel closed':
        if (heard.by) return this.channels.get(heard.channel)?.closedByServer(heard.by);
        return this.closing.get(heard.closed!)?.();
      case 'connection closed':
        return heard.by ? this.closedByServer(heard.by) : this.closing.get(heard.closed!)?.();
      case 'lost':
        return this.lost(heard);
      case 'ignored':
        return;
    }
  }

  private said(method: ServerMethod): void {
    switch (method.type) {
      case 'ConnectionBlocked':
        this.blocked = true;
        return safeEmit(this, this.world, 'blocked', method.reason);
      case 'ConnectionUnblocked':
        this.blocked = false;
        return safeEmit(this, this.world, 'unblocked');
      case 'ConnectionUpdateSecretOk':
        return safeEmit(this, this.world, 'update-secret-ok');
      default:
        this.channels.get(method.channel)?.said(method);
    }
  }

  private closedByServer(close: ConnectionClose): void {
    if (this.opened)
      return this.settleOpening(new Error('Expected ConnectionOpenOk; got <ConnectionClose channel:0>'));
    const error = connectionClosedByServer(close);
    if (isFatal(error)) safeEmit(this, this.world, 'error', error);
    this.ended(error);
  }

  private lost({ why, wasOpen }: Extract<ClientHeard['heard'], { readonly is: 'lost' }>): void {
    if (!wasOpen) {
      const refused = socketError('connect', 'ECONNREFUSED', ` ${this.host}:5672`);
      return this.settleOpening(
        why === 'refused' ? refused : new Error('Socket closed abruptly during opening handshake'),
      );
    }
    // a server that ends does so without lingering, which is a reset (rabbit's tcp_listen_options)
    this.broken(why === 'silent' ? new Error('Heartbeat timeout') : socketError('read', 'ECONNRESET'));
  }

  private broken(error: Error): void {
    if (this.isOver) throw error;
    this.isOver = true;
    this.tell({ type: 'Drop' });
    safeEmit(this, this.world, 'error', error);
    this.ended(error);
  }

  /** Every channel ends with it. */
  private ended(error?: Error): void {
    for (const channel of [...this.channels.values()]) channel.ended();
    this.unusable = `Connection closed (${error ? error.toString() : 'by client'})`;
    this.isOver = true;
    safeEmit(this, this.world, 'close', error);
  }

  private settleOpening(error: Error | null): void {
    this.opened?.(error);
    this.opened = null;
  }
}

const forwarded = ['error', 'close', 'blocked', 'unblocked', 'update-secret-ok'];

/** What `connect` resolves to. */
export class ChannelModel extends Emitter {
  readonly connection: Connection;

  constructor(connection: Connection) {
    super();
    this.connection = connection;
    for (const event of forwarded) connection.on(event, (...values) => void this.emit(event, ...values));
  }

  close(): Promise<void> {
    return this.connection.close();
  }
  updateSecret(secret: unknown, reason: string): Promise<void> {
    return this.connection.updateSecret(secret, reason);
  }
  async createChannel(options?: { readonly highWaterMark?: number }): Promise<Channel> {
    const channel = new Channel(this.connection, options);
    await channel.open();
    return channel;
  }
  async createConfirmChannel(options?: { readonly highWaterMark?: number }): Promise<ConfirmChannel> {
    const channel = new ConfirmChannel(this.connection, options);
    await channel.open();
    await channel.confirmSelect();
    return channel;
  }
}
