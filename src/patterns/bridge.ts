/**
 * A bridge between two brokers: what one driver of its process hands it, it publishes through another, and only then says
 * that it is handled. Between the two it can crash: then the message comes again and is published again. A bridge is
 * at-least-once, whatever its two sides are (Enterprise Integration Patterns, Messaging Bridge).
 */
import type { Handle, Handled, HandlingFailed, Publish, Published, PublishFailed } from '../kernel/delivery';
import { factType } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import type { Time } from '../kernel/time';

/** A message on its way across. Immutable. */
interface Crossing {
  readonly handle: Handle;
  readonly ticket: number;
  readonly since: Time;
}

export interface Bridge {
  readonly driver: string;
  readonly place: string;
  crossings: readonly Crossing[];
  lastTicket: number;
  applied: number;
  lastApplied: MessageId | null;
}

/** Named step: it goes out on the other side. */
interface Forward {
  readonly type: 'Forward';
  readonly step: 'apply';
  readonly ticket: number;
}

const Forwarded = factType('applied', 'MessageForwarded');

const options: readonly OptionSpec[] = [
  word('driver', 'rabbitmq.producer', 'part of this process that publishes on the other side'),
  word('place', 'events', 'topic, exchange or queue on the other side'),
];

type Command = Handle | Forward | Published | PublishFailed;

export const part: Part<Bridge, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'bridge',
    init(given) {
      const read = optionReader(options, given);
      return {
        driver: read.string('driver'),
        place: read.string('place'),
        crossings: [],
        lastTicket: 0,
        applied: 0,
        lastApplied: null,
      };
    },
    apply,
    restart(state) {
      state.crossings = [];
    },
    clone: (state) => ({ ...state }),
  },
  describe,
};

function apply(state: Bridge, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handle': {
      const ticket = ++state.lastTicket;
      state.crossings = [...state.crossings, { handle: command, ticket, since: context.now }];
      const step: Forward = { type: 'Forward', step: 'apply', ticket };
      return context.tell(context.part, step);
    }
    case 'Forward': {
      const crossing = state.crossings.find(({ ticket }) => ticket === command.ticket);
      return crossing && forward(state, crossing, context);
    }
    case 'Published':
    case 'PublishFailed': {
      const crossing = state.crossings.find(({ ticket }) => ticket === command.ticket);
      if (!crossing) return;
      state.crossings = state.crossings.filter((other) => other !== crossing);
      return arrived(state, crossing, command, context);
    }
    case 'ConnectionClosed':
    case 'Start':
      return;
  }
}

function forward({ driver, place }: Bridge, { handle, ticket }: Crossing, context: Context): void {
  const publish: Publish = {
    type: 'Publish',
    ticket,
    replyTo: context.part,
    place,
    messages: [handle.delivery.message],
  };
  context.tell(driver, publish);
}

function arrived(
  state: Bridge,
  { handle }: Crossing,
  answer: Published | PublishFailed,
  context: Context,
): void {
  const { ticket, replyTo, delivery } = handle;
  if (answer.type === 'PublishFailed') {
    const failed: HandlingFailed = { type: 'HandlingFailed', ticket, error: answer.error };
    return context.tell(replyTo, failed);
  }
  state.applied++;
  state.lastApplied = delivery.message;
  const { message, position, group } = delivery;
  context.emit({ is: Forwarded, subject: context.self, message, position, group });
  const handled: Handled = { type: 'Handled', ticket };
  context.tell(replyTo, handled);
}

function describe({ crossings, applied, lastApplied }: Bridge, look: Look): PartPicture {
  const [first] = crossings;
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...(first
        ? {
            current: look.face(first.handle.delivery.message),
            step: { name: 'apply', since: first.since, until: null },
          }
        : {}),
    },
  };
}

function word(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}
