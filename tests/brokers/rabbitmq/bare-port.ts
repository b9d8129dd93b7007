/** What a queue does to the rest of the broker, as words; for queues without one. */
import type { Context } from '../../../src/kernel/machine';
import type { NewFact } from '../../../src/kernel/fact';
import { ms, type Time } from '../../../src/kernel/time';
import type { FieldTable, Properties } from '../../../src/brokers/rabbitmq/protocol';
import type {
  ChannelRef,
  ConsumerSpec,
  Delivery,
  Publication,
  QueueAnswer,
  QueueDefinition,
  QueueKind,
  QueuePort,
  QueueReminder,
  Version,
} from '../../../src/brokers/rabbitmq/queue-type';
import { notedFact } from '../../helpers/write-fact';

export const channel: ChannelRef = { key: 'one', node: 1, connection: 1, channel: 1, process: 'one' };

/** A publication whose message is its number. */
export function publication(message: number, properties: Properties = {}, sizeBytes = 1): Publication {
  return { message, properties, sizeBytes, exchange: '', routingKey: 'q', cause: -1 };
}

export function definition(kind: QueueKind, given: FieldTable = {}): QueueDefinition {
  return {
    name: 'q',
    address: 'rabbit/queue/q',
    kind,
    durable: true,
    autoDelete: false,
    owner: null,
    arguments: given,
    node: 1,
    birth: 1,
  };
}

export function consumer(tag: string, more: Partial<ConsumerSpec> = {}): ConsumerSpec {
  return { channel, tag, process: 'p', noAck: false, exclusive: false, prefetch: 10, globalPrefetch: false, arguments: {}, ...more }; // prettier-ignore
}

export class BarePort implements QueuePort {
  readonly node = 1;
  readonly nodes = [1];
  readonly version: Version;
  now: Time = 0;
  readonly reminders: { readonly at: Time; readonly reminder: QueueReminder; readonly id: number }[] = [];
  readonly facts: NewFact[] = [];
  readonly context: Context;
  private said: string[] = [];
  private ids = 0;

  constructor(version: Version = '4.0') {
    this.version = version;
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the context's clock is the port's
    const port = this;
    this.context = {
      get now() {
        return port.now;
      },
      emit: (fact: NewFact) => port.facts.push(fact),
      note: (...noted: Parameters<Context['note']>) => port.facts.push(notedFact(...noted)),
      cancel(id: number) {
        const at = port.reminders.findIndex((pending) => pending.id === id);
        if (at >= 0) port.reminders.splice(at, 1);
      },
    } as unknown as Context;
  }

  /** What was said since it was last asked. */
  heard(): string[] {
    const { said } = this;
    this.said = [];
    return said;
  }

  /** Time goes by, and what is due is said to the queue. */
  after(milliseconds: number, remind: (reminder: QueueReminder) => void): void {
    const until = this.now + ms(milliseconds);
    for (;;) {
      const due = this.reminders.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (due.length === 0) break;
      this.reminders.splice(this.reminders.indexOf(due[0]), 1);
      this.now = due[0].at;
      remind(due[0].reminder);
    }
    this.now = until;
  }

  isUp(): boolean {
    return true;
  }
  toNode(): void {}
  deliver(_to: ChannelRef, _queue: QueueDefinition, tag: string, delivery: Delivery, noAck: boolean): void {
    const { id, publication: { message }, redelivered, headers } = delivery; // prettier-ignore
    const more = headers ? ` ${Object.values(headers).map(String).join(' ')}` : '';
    this.said.push(`${tag} got ${message} as ${id}${redelivered ? ' again' : ''}${more}${noAck ? ' for good' : ''}`); // prettier-ignore
  }
  confirm(_to: ChannelRef, _queue: string, seq: number): void {
    this.said.push(`confirmed ${seq}`);
  }
  refuse(_to: ChannelRef, _queue: string, seq: number): void {
    this.said.push(`refused ${seq}`);
  }
  cancelled(_to: ChannelRef, _queue: string, tag: string): void {
    this.said.push(`cancelled ${tag}`);
  }
  answer(_to: ChannelRef, answer: QueueAnswer): void {
    this.said.push(words(answer));
  }
  mayDeliver(): boolean {
    return true;
  }
  deadLetter(_queue: QueueDefinition, { message }: Publication, reason: string): void {
    this.said.push(`${message} dead: ${reason}`);
  }
  vanish(_queue: QueueDefinition, why: string): void {
    this.said.push(`gone: ${why}`);
  }
  remind(delay: number, reminder: QueueReminder): number {
    const id = ++this.ids;
    this.reminders.push({ at: this.now + delay, reminder, id });
    return id;
  }
}

function words(answer: QueueAnswer): string {
  switch (answer.type) {
    case 'Refused':
      return `${answer.refusal.name}: ${answer.refusal.text}`;
    case 'Counted':
      return `${answer.ready} ready, ${answer.consumers} consumers`;
    case 'Got':
      return `got ${answer.delivery.publication.message} as ${answer.delivery.id}, ${answer.ready} left`;
    case 'Purged':
    case 'Deleted':
      return `${answer.type} ${answer.count}`;
    default:
      return answer.type;
  }
}
