/**
 * One request at a time to whichever broker is named: what kafkajs's admin client and a client that has just connected
 * do. Who is asked, and what is tried again, is up to the caller.
 */
import type { KafkaRequest, KafkaResponse } from '../../brokers/kafka/protocol';
import type { Context, KernelCommand, Machine, Tagged } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import { answered, clientIdOf, cloneCluster, closed, newCluster, nextCorrelationId, ask, type Cluster, type RequestTimedOut } from './cluster'; // prettier-ignore
import { requestTimedOut, type Failure } from './failure';
import { readRequestOptions } from './options';

/** A request without its header. */
export type BareRequest = KafkaRequest extends infer Request
  ? Request extends KafkaRequest
    ? Omit<Request, 'correlationId' | 'clientId'>
    : never
  : never;

/** Ask this host. Answered by `Asked` with the same ticket to `replyTo`. */
export interface Ask extends Tagged {
  readonly type: 'Ask';
  readonly ticket: number;
  readonly replyTo: string;
  readonly host: string;
  readonly request: BareRequest;
}
export interface Asked extends Tagged {
  readonly type: 'Asked';
  readonly ticket: number;
  readonly answer: { readonly response: KafkaResponse } | { readonly failure: Failure };
}

interface Requests {
  cluster: Cluster;
  /** Who waits, by correlation id. */
  waiting: Map<number, { readonly ticket: number; readonly replyTo: string }>;
}

type Command = Ask | KafkaResponse | RequestTimedOut;

export const machine: Machine<Requests, Command, GivenOptions> = {
  kind: 'kafka.requests',
  init: (given) => ({ cluster: newCluster(readRequestOptions(given), []), waiting: new Map() }),
  apply,
  restart(state) {
    state.cluster = newCluster(state.cluster.options, []);
    state.waiting = new Map();
  },
  clone: (state) => ({ cluster: cloneCluster(state.cluster), waiting: new Map(state.waiting) }),
};

function apply(state: Requests, command: Command | KernelCommand, context: Context): void {
  const { cluster } = state;
  switch (command.type) {
    case 'Start':
      return;
    case 'Ask': {
      const { ticket, replyTo, host } = command;
      const correlationId = nextCorrelationId(cluster);
      const request = { ...command.request, correlationId, clientId: clientIdOf(cluster, context) };
      state.waiting.set(correlationId, { ticket, replyTo });
      return ask(cluster, context, host, request);
    }
    case 'RequestTimedOut': {
      const waiting = answered(cluster, context, command.correlationId);
      return (
        waiting &&
        tell(state, command.correlationId, { failure: requestTimedOut(waiting.request.type) }, context)
      );
    }
    case 'ConnectionClosed': {
      const { lost, failure } = closed(cluster, context, command.peer, command.refused);
      for (const { request } of lost) tell(state, request.correlationId, { failure }, context);
      return;
    }
    default:
      if (answered(cluster, context, command.correlationId))
        tell(state, command.correlationId, { response: command }, context);
  }
}

function tell({ waiting }: Requests, correlationId: number, answer: Asked['answer'], context: Context): void {
  const who = waiting.get(correlationId);
  waiting.delete(correlationId);
  if (!who) return;
  const asked: Asked = { type: 'Asked', ticket: who.ticket, answer };
  context.tell(who.replyTo, asked);
}
