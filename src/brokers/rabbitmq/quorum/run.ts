/** Applying commands where that has consequences: alone, or as the leader. What follows for channels goes to `told`. */
import { ms, type Time } from '../../../kernel/time';
import type { DeathReason } from '../deaths';
import { MessageEnqueued, MessageEvicted, MessageExpired, MessageLost } from '../facts';
import type { ChannelRef, QueueDefinition, QueuePort } from '../queue-type';
import { applyCommand } from './apply';
import { peekNext } from './check-out';
import type { FifoCommand, FifoEffects, FifoReply } from './commands';
import { DeliveryLimitReached } from './facts';
import type { QueueStatus, QuorumConsumer, QuorumMessage } from './fifo-state';
import { sendLetter } from './letters';
import type { QuorumState } from './queue-state';

/** What a queue says to channels. */
export type ToChannels = Pick<FifoEffects, 'deliver' | 'status'>;

/** Applies the next command, tells history of it, and sets the alarm for whatever expires next. */
export function run(
  queue: QuorumState,
  command: FifoCommand,
  at: Time,
  told: ToChannels,
  port: QueuePort,
): FifoReply {
  queue.returned = returnedBy(queue, command, at) ?? queue.returned;
  const reply = applyCommand(queue.fifo, command, at, new Consequences(queue, told, port));
  armExpiry(queue, port);
  return reply;
}

/** For the picture: what the command gives back without an acknowledgement. */
function returnedBy(
  { fifo, returned }: QuorumState,
  command: FifoCommand,
  at: Time,
): QuorumState['returned'] {
  if (command.type !== 'Return' && command.type !== 'Requeue' && command.type !== 'ChannelDown') return null;
  const { key, process } = command.channel;
  let count = 0;
  for (const { channel, tag, checkedOut } of fifo.consumers.values()) {
    if (channel.key !== key) continue;
    if (command.type === 'ChannelDown') count += checkedOut.size;
    else if (command.type === 'Requeue') count += tag === command.tag && checkedOut.has(command.id) ? 1 : 0;
    else if (tag === command.tag) count += command.ids.filter((id) => checkedOut.has(id)).length;
  }
  if (count === 0) return null;
  const before = returned?.at === at && returned.process === process ? returned.count : 0;
  return { count: before + count, process, at };
}

/** Looks again when the head expires. */
export function armExpiry(queue: QuorumState, port: QueuePort): void {
  const at = peekNext(queue.fifo)?.expiresAt ?? null;
  if (at === (queue.expiry?.at ?? null)) return;
  if (queue.expiry) port.context.cancel(queue.expiry.timer);
  queue.expiry = at === null ? null : { at, timer: remind(queue, 'expiry', at - port.context.now, port) };
}

export function remind({ definition }: QuorumState, what: string, after: number, port: QueuePort): number {
  const { name: queue, birth } = definition;
  return port.remind(Math.max(after, 0), { type: 'QueueReminder', queue, birth, what });
}

/** quorum_tick_interval: how often it looks whether it is used. */
const tick = ms(5000);
/** dead_letter_worker_consumer_prefetch. */
const deadLettersAtOnce = 32;

/** What runs beside a queue where it is led. */
export function startWorker(
  queue: QuorumState,
  apply: (command: FifoCommand) => void,
  port: QueuePort,
): void {
  const { config } = queue.fifo;
  queue.letters.clear();
  if (config.deadLettering === 'at-least-once')
    apply({ type: 'CheckoutDeadLetters', prefetch: deadLettersAtOnce });
  if (config.expires !== null) remind(queue, 'tick', tick, port);
}

/** It goes when nobody has used it for long enough. */
export function runTick(queue: QuorumState, port: QueuePort): void {
  const { expires } = queue.fifo.config;
  const { lastActive, consumers } = queue.fifo;
  const unused = [...consumers.values()].every(({ status }) => status === 'suspected');
  if (expires !== null && unused && port.context.now > lastActive + expires) {
    return port.vanish(queue.definition, 'expired');
  }
  remind(queue, 'tick', tick, port);
}

const notesOf = new WeakMap<QueueDefinition, string>();

/** What the notebook calls how far history has been told; put together once for a queue, not for every message. */
function noteOf(subject: string, definition: QueueDefinition): string {
  let name = notesOf.get(definition);
  if (name === undefined) notesOf.set(definition, (name = `${subject} ${definition.birth} accepted`));
  return name;
}

class Consequences implements FifoEffects {
  private readonly queue: QuorumState;
  private readonly told: ToChannels;
  private readonly port: QueuePort;

  constructor(queue: QuorumState, told: ToChannels, port: QueuePort) {
    this.queue = queue;
    this.told = told;
    this.port = port;
  }

  deliver(consumer: QuorumConsumer, id: number, message: QuorumMessage): void {
    this.told.deliver(consumer, id, message);
  }

  status(channel: ChannelRef, status: QueueStatus): void {
    this.told.status(channel, status);
  }

  accepted({ publication: { message, cause }, index }: QuorumMessage): void {
    const subject = this.queue.definition.address;
    if (this.queue.raft && !this.isNews(subject, index)) return;
    this.port.context.note(MessageEnqueued, subject, message, index, '', cause);
  }

  /** A new leader may apply what an old one had applied: history is told once. */
  private isNews(subject: string, index: number): boolean {
    const { notes } = this.port.context;
    const name = noteOf(subject, this.queue.definition);
    const known = notes.get(name);
    if (known !== undefined && index <= known[0]) return false;
    notes.set(name, [index]);
    return true;
  }

  purged({ publication: { message }, index }: QuorumMessage): void {
    const subject = this.queue.definition.address;
    this.port.context.emit({ is: MessageLost, subject, message, position: index, detail: 'purged' });
  }

  dropped({ publication, index, acquired }: QuorumMessage, reason: DeathReason): void {
    const { definition, fifo } = this.queue;
    const { context } = this.port;
    const { message } = publication;
    const common = { subject: definition.address, message, position: index };
    this.queue.left = { message, reason, at: context.now };
    if (reason === 'expired') context.emit({ is: MessageExpired, ...common });
    else if (reason === 'maxlen') context.emit({ is: MessageEvicted, ...common });
    else if (reason === 'delivery_limit') context.emit({ is: DeliveryLimitReached, ...common, amount: acquired }); // prettier-ignore
    if (fifo.config.deadLettering !== 'at-least-once') this.port.deadLetter(definition, publication, reason);
  }

  deadLetter(id: number, { publication }: QuorumMessage, reason: DeathReason): void {
    sendLetter(this.queue, id, publication, reason, this.port);
  }
}
