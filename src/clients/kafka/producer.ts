/**
 * kafkajs's producer (2.2.4) as a part: takes `Publish` from a service beside it and speaks the Kafka protocol. One
 * ProduceRequest per leader broker and call, one batch per partition; no linger and no batching across calls, as in
 * kafkajs and unlike Java. Left out until their lessons: idempotence, transactions, compression, maxInFlightRequests.
 */
import type { Publish } from '../../kernel/delivery';
import { invariant } from '../../kernel/invariant';
import type { Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Look, Part, PartPicture } from '../../kernel/part';
import type { MetadataResponse, ProduceResponse } from '../../brokers/kafka/protocol';
import { cargoOf } from './cargo';
import { answered, closed, type InFlight, type RequestTimedOut } from './cluster';
import { requestTimedOut, type Failure } from './failure';
import { learnMetadata, metadataFailed, retryMetadata, type RetryMetadata } from './metadata';
import { producerOptions, readProducerOptions } from './options';
import { cloneProducer, newProducer, type Producer } from './producer-state';
import {
  attempt,
  metadataArrived,
  metadataLost,
  produceAnswered,
  produceFailed,
  publish,
  sendBatch,
  type RetrySend,
  type SendBatch,
} from './send';

type Command =
  Publish | SendBatch | RetrySend | RetryMetadata | RequestTimedOut | MetadataResponse | ProduceResponse;

/** How many unsettled messages the picture names. */
const unsettledShown = 40;

export const part: Part<Producer, Command, GivenOptions> = {
  options: producerOptions,
  machine: {
    kind: 'kafka.producer',
    init: (given) => newProducer(readProducerOptions(given)),
    apply,
    restart(state) {
      Object.assign(state, newProducer(state.options));
    },
    clone: cloneProducer,
  },
  describe,
  cargo: cargoOf,
};

function apply(state: Producer, command: Command | KernelCommand, context: Context): void {
  const { cluster } = state;
  switch (command.type) {
    case 'Publish':
      return publish(state, command, context);
    case 'SendBatch':
      return sendBatch(state, command, context);
    case 'ProduceResponse': {
      const waiting = answered(cluster, context, command.correlationId);
      return waiting && produceAnswered(state, waiting, command, context);
    }
    case 'MetadataResponse': {
      if (!answered(cluster, context, command.correlationId)) return;
      const failure = learnMetadata(cluster, context.now, command);
      return failure ? metadataLost(state, failure, context) : metadataArrived(state, context);
    }
    case 'RetrySend': {
      const send = state.sends.get(command.send);
      return send && attempt(state, send, context);
    }
    case 'RetryMetadata':
      return retryMetadata(cluster, context);
    case 'RequestTimedOut': {
      const waiting = answered(cluster, context, command.correlationId);
      return waiting && failed(state, waiting, requestTimedOut(waiting.request.type), context);
    }
    case 'ConnectionClosed': {
      const { lost, failure } = closed(cluster, context, command.peer);
      for (const waiting of lost) failed(state, waiting, failure, context);
      return;
    }
    case 'Start':
      return;
  }
}

function failed(state: Producer, waiting: InFlight, failure: Failure, context: Context): void {
  if (waiting.request.type === 'MetadataRequest') {
    const over = metadataFailed(state.cluster, context, failure);
    if (over) metadataLost(state, over, context);
    return;
  }
  invariant(
    waiting.request.type === 'ProduceRequest',
    'a producer asks for metadata and produces, nothing else',
  );
  produceFailed(state, waiting, failure, context);
}

function describe(state: Producer, look: Look): PartPicture {
  const unsettled = [];
  for (const { topics } of state.sends.values()) {
    for (const message of topics.flatMap(({ messages }) => messages))
      if (unsettled.length < unsettledShown) unsettled.push(look.face(message));
  }
  return { process: { unsettled } };
}
