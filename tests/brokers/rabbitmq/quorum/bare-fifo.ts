/** A quorum queue's state alone, and what it does to others as words. */
import { ms, type Time } from '../../../../src/kernel/time';
import { applyCommand } from '../../../../src/brokers/rabbitmq/quorum/apply';
import type { FifoCommand, FifoEffects, FifoReply } from '../../../../src/brokers/rabbitmq/quorum/commands';
import { newFifo, type FifoConfig, type FifoState } from '../../../../src/brokers/rabbitmq/quorum/fifo-state';
import type { ChannelRef, Publication } from '../../../../src/brokers/rabbitmq/queue-type';
import type { Properties } from '../../../../src/brokers/rabbitmq/protocol';

export const channel: ChannelRef = { key: 'one', node: 1, connection: 1, channel: 1, process: 'one' };
export const other: ChannelRef = { key: 'two', node: 2, connection: 2, channel: 1, process: 'two' };

/** A publication whose message is its number. */
export function publication(message: number, properties: Properties = {}, sizeBytes = 1): Publication {
  return { message, properties, sizeBytes, exchange: '', routingKey: 'q', cause: -1 };
}

export class BareFifo implements FifoEffects {
  readonly fifo: FifoState;
  /** "a got 1", "1 expired", "one reject-publish". */
  said: string[] = [];
  now: Time = 0;
  private readonly sent = new Map<string, number>();

  constructor(config: Partial<FifoConfig> = {}) {
    this.fifo = newFifo(
      {
        version: '4.0',
        maxLength: null,
        maxBytes: null,
        overflow: 'drop-head',
        deliveryLimit: 20,
        messageTtl: null,
        expires: null,
        singleActiveConsumer: false,
        deadLettering: 'none',
        ...config,
      },
      0,
    );
  }

  run(command: FifoCommand): FifoReply {
    return applyCommand(this.fifo, command, this.now, this);
  }

  /** Publishes messages of these numbers. */
  publish(...messages: number[]): void {
    for (const message of messages) this.enqueue(publication(message));
  }

  enqueue(what: Publication, from: ChannelRef | null = channel): FifoReply {
    const seq = (this.sent.get(from?.key ?? '') ?? 0) + 1;
    this.sent.set(from?.key ?? '', seq);
    return this.run({ type: 'Enqueue', channel: from, seq, publication: what });
  }

  consume(tag: string, prefetch = 2000, priority = 0, by = channel): FifoReply {
    return this.run({ type: 'Checkout', channel: by, tag, prefetch, priority, noAck: false });
  }

  settle(type: 'Settle' | 'Return' | 'Discard', tag: string, ...ids: number[]): void {
    this.run({ type, channel, tag, ids });
  }

  after(milliseconds: number): void {
    this.now += ms(milliseconds);
    this.run({ type: 'Expire' });
  }

  /** What was said since it was last asked. */
  heard(): string[] {
    const said = this.said;
    this.said = [];
    return said;
  }

  deliver: FifoEffects['deliver'] = ({ tag }, id, { publication: { message }, acquired }) => {
    this.said.push(`${tag} got ${message} as ${id}${acquired > 0 ? ` again ${acquired}` : ''}`);
  };
  status: FifoEffects['status'] = ({ key }, status) => {
    this.said.push(`${key} ${status}`);
  };
  accepted(): void {}
  purged(): void {}
  dropped: FifoEffects['dropped'] = ({ publication: { message } }, reason) => {
    this.said.push(`${message} ${reason}`);
  };
  deadLetter: FifoEffects['deadLetter'] = (id, { publication: { message } }, reason) => {
    this.said.push(`worker got ${message} ${reason} as ${id}`);
  };
}
