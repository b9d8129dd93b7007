/** Messages that were published on a confirm channel and are not confirmed yet: a window over their numbers (lib/channel.js). */
import type { BasicAck, BasicNack } from '../../brokers/rabbitmq/protocol';

/** Called with null for an ack. */
export type ConfirmCallback = (error: Error | null) => void;

export class Confirms {
  /** Number of the first in the window. */
  private lowest = 1;
  /** null: confirmed, and not the first. false: nobody waits for it. */
  private unconfirmed: (ConfirmCallback | false | null)[] = [];
  private lostSome = false;

  push(callback: ConfirmCallback | undefined): void {
    this.unconfirmed.push(callback ?? false);
  }

  settle(
    { deliveryTag, multiple }: Pick<BasicAck | BasicNack, 'deliveryTag' | 'multiple'>,
    error: string | null,
  ): void {
    const settled = multiple ? this.takeUpTo(deliveryTag) : [this.takeOne(deliveryTag)];
    for (const callback of settled) if (callback) callback(error === null ? null : new Error(error));
  }

  /** Their confirms will never come. */
  lose(): void {
    const error = new Error('channel closed');
    for (const callback of this.unconfirmed) if (callback) callback(error);
    this.lostSome = this.unconfirmed.some((callback) => callback !== null);
    this.unconfirmed = [];
  }

  /** Resolves when all are acked, rejects at the first that is not. */
  async all(): Promise<void> {
    if (this.lostSome) throw new Error('channel closed');
    const { unconfirmed } = this;
    const waits = unconfirmed.map((callback, index) => {
      if (callback === null) return Promise.resolve();
      return new Promise<void>((resolve, reject) => {
        unconfirmed[index] = (error) => {
          if (callback) callback(error);
          if (error === null) resolve();
          else reject(error);
        };
      });
    });
    await Promise.all(waits);
  }

  private takeUpTo(tag: number): (ConfirmCallback | false | null)[] {
    const taken = this.unconfirmed.splice(0, tag - this.lowest + 1);
    this.lowest = tag + 1;
    return taken;
  }

  private takeOne(tag: number): ConfirmCallback | false | null | undefined {
    const index = tag - this.lowest;
    const callback = this.unconfirmed[index];
    if (index > 0) {
      this.unconfirmed[index] = null;
      return callback;
    }
    do {
      this.unconfirmed.shift();
      this.lowest++;
    } while (this.unconfirmed[0] === null);
    return callback;
  }
}
