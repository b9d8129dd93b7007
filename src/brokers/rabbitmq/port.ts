/** What queues may do to the world, on one node. */
import type { Context, Tagged } from '../../kernel/machine';
import type { Duration } from '../../kernel/time';
import { channelOf, say } from './channels';
import { isUp } from './cluster/cluster-state';
import type { ToChannel } from './cluster/messages';
import { toNode } from './cluster/say';
import { queueConfirmed, queueRefused } from './confirms';
import { mayDeliver } from './consume';
import type { DeathReason } from './deaths';
import { isWorker, letterTaken } from './dead-letter-worker';
import { deliver } from './deliver';
import type {
  ChannelRef,
  Delivery,
  Publication,
  QueueAnswer,
  QueueDefinition,
  QueuePort,
  QueueReminder,
  Version,
} from './queue-type';
import type { BrokerState } from './state';
import { answered } from './answers';

const alone: readonly number[] = [1];

export class Port implements QueuePort {
  readonly context: Context;
  readonly version: Version;
  readonly node: number;
  readonly nodes: readonly number[];
  private readonly state: BrokerState;

  constructor(state: BrokerState, context: Context) {
    this.state = state;
    this.context = context;
    this.version = state.version;
    this.node = state.node;
    this.nodes = state.cluster?.nodes ?? alone;
  }

  isOf(state: BrokerState, context: Context): boolean {
    return this.state === state && this.context === context;
  }

  isUp(node: number): boolean {
    return isUp(this.state, node);
  }

  toNode(node: number, { name: queue, birth }: QueueDefinition, message: Tagged): void {
    toNode(this.state, node, { ...message, node: this.node, queue, birth } as Tagged, this.context);
  }

  /** To a channel that is on another node. */
  private tell(to: ChannelRef, what: ToChannel['what']): void {
    const message: ToChannel = { type: 'ChannelTold', node: this.node, to, what };
    toNode(this.state, to.node, message, this.context);
  }

  deliver(to: ChannelRef, queue: QueueDefinition, tag: string, delivery: Delivery, noAck: boolean): void {
    if (to.node !== this.node) return this.tell(to, { type: 'Deliver', queue, tag, delivery, noAck });
    const channel = channelOf(this.state, to);
    if (channel) deliver(this.state, channel, queue, tag, delivery, noAck, this.context);
  }

  confirm(to: ChannelRef, queue: string, seq: number): void {
    if (to.node !== this.node) return this.tell(to, { type: 'Confirm', queue, seq });
    if (isWorker(to)) return letterTaken(this.state, to, queue, seq, this);
    const channel = channelOf(this.state, to);
    if (channel) queueConfirmed(channel, queue, seq, this.context);
  }

  refuse(to: ChannelRef, queue: string, seq: number): void {
    if (to.node !== this.node) return this.tell(to, { type: 'Refuse', queue, seq });
    const channel = channelOf(this.state, to);
    if (channel) queueRefused(channel, seq, this.context);
  }

  cancelled(to: ChannelRef, queue: string, tag: string): void {
    if (to.node !== this.node) return this.tell(to, { type: 'Cancelled', queue, tag });
    const channel = channelOf(this.state, to);
    if (!channel?.consumers.delete(tag)) return;
    say(channel, { type: 'BasicCancel', channel: to.channel, consumerTag: tag }, this.context);
  }

  answer(to: ChannelRef, answer: QueueAnswer): void {
    if (to.node !== this.node) return this.tell(to, { type: 'Answer', answer });
    const channel = channelOf(this.state, to);
    if (channel) answered(this.state, channel, answer, this);
  }

  mayDeliver(to: ChannelRef, queue: string, needsAck: boolean): boolean {
    const channel = channelOf(this.state, to);
    return channel === undefined || mayDeliver(channel, queue, needsAck);
  }

  deadLetter(queue: QueueDefinition, publication: Publication, reason: DeathReason, letter?: number): void {
    if (queue.arguments['x-dead-letter-exchange'] === undefined) return;
    this.state.pending.push({ type: 'DeadLetter', queue, publication, reason, letter });
  }

  vanish(queue: QueueDefinition, why: 'unused' | 'expired'): void {
    this.state.pending.push({ type: 'Vanish', queue, why });
  }

  remind(delay: Duration, reminder: QueueReminder): number {
    return this.context.after(delay, reminder);
  }
}
