/**
 * The proxy in front of a simulated broker: its answers to a client can be lost or held up, its connections reset. What
 * the proxy of the real broker does to bytes, this does to whole answers.
 */
import type { Kernel } from '../../../src/kernel/kernel';
import type { AnyMachine, ConnectionId, Context, Tagged } from '../../../src/kernel/machine';
import { ms } from '../../../src/kernel/time';
import type { KafkaApi } from '../define';
import { cut, isOf } from './cut';

interface Rule {
  readonly client: string;
  readonly api: KafkaApi;
  readonly holdMs: number | undefined;
}

/** An answer that is held up, and those that came after it on its connection. */
interface Held {
  readonly connection: ConnectionId;
  readonly answers: Tagged[];
}

interface Release extends Tagged {
  readonly type: 'ReleaseHeld';
  readonly held: Held;
}

export interface Wires {
  /** Stands for the broker's own machine. */
  readonly machine: AnyMachine;
  dropResponse(client: string, api: KafkaApi, holdMs: number | undefined): void;
  cut(kernel: Kernel, client: string): void;
}

export function breakable(broker: AnyMachine): Wires {
  const rules: Rule[] = [];
  const held: Held[] = [];
  /** Which request of which process an answer is to: by connection and correlation id. */
  const asked = new Map<string, { readonly api: string; readonly process: string }>();

  function reply(context: Context, connection: ConnectionId, message: Tagged): void {
    const waiting = held.find((one) => one.connection === connection);
    if (waiting) return void waiting.answers.push(message);
    const { correlationId } = message as Tagged & { readonly correlationId: number };
    const key = `${connection}/${correlationId}`;
    const request = asked.get(key);
    asked.delete(key);
    const index = rules.findIndex(({ client, api }) => request?.api === api && isOf(request.process, client));
    if (index < 0) return context.reply(connection, message);
    const [{ holdMs }] = rules.splice(index, 1);
    if (holdMs === undefined) return;
    const hold: Held = { connection, answers: [message] };
    held.push(hold);
    const release: Release = { type: 'ReleaseHeld', held: hold };
    context.after(ms(holdMs), release);
  }

  const machine: AnyMachine = {
    ...broker,
    apply(state: unknown, command: Tagged, context: Context): void {
      if (command.type === 'ReleaseHeld') {
        const { held: hold } = command as Release;
        held.splice(held.indexOf(hold), 1);
        for (const answer of hold.answers) context.reply(hold.connection, answer);
        return;
      }
      if (command.type.endsWith('Request') && 'correlationId' in command) {
        const key = `${context.connection}/${String(command.correlationId)}`;
        const process = context.sender.split('/', 1)[0];
        asked.set(key, { api: command.type.replace(/Request$/, ''), process });
      }
      const wired: Context = Object.create(context, {
        reply: { value: (connection: ConnectionId, message: Tagged) => reply(context, connection, message) },
      }) as Context;
      broker.apply(state, command, wired);
    },
  };

  return {
    machine,
    dropResponse: (client, api, holdMs) => void rules.push({ client, api, holdMs }),
    cut,
  };
}
