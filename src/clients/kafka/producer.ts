/**
 * kafkajs's producer (2.2.4) as a part: takes `Publish` from a service beside it and speaks the Kafka protocol. One
 * ProduceRequest per leader broker and call, one batch per partition; no linger and no batching across calls, as in
 * kafkajs and unlike Java. Left out: compression, maxInFlightRequests.
 */
import type { Publish } from '../../kernel/delivery';
import type { Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Look, Part, PartPicture } from '../../kernel/part';
import type {
  AddPartitionsToTxnResponse,
  FindCoordinatorResponse,
  MetadataResponse,
  ProduceResponse,
} from '../../brokers/kafka/protocol';
import { cargoOf } from './cargo';
import { answered, answerTo, closed, tellAnswered, type InFlight, type RequestTimedOut } from './cluster';
import { forgetPartitions, useProducerId, type ForgetPartitions, type UseProducerId } from './eos';
import { requestTimedOut, type Failure } from './failure';
import { learnMetadata, metadataFailed, retryMetadata, type RetryMetadata } from './metadata';
import { producerOptions, readProducerOptions } from './options';
import { eosAnswered } from './produce-request';
import { cloneProducer, newProducer, type Producer } from './producer-state';
import {
  attempt,
  metadataArrived,
  metadataLost,
  produceAnswered,
  produceFailed,
  publish,
  gather,
  sendGathered,
  type RetrySend,
  type SendBatch,
  type SendGathered,
} from './send';

type Told = Publish | SendBatch | UseProducerId | ForgetPartitions;
type Reminder = SendGathered | RetrySend | RetryMetadata | RequestTimedOut;
type Answer = MetadataResponse | ProduceResponse | FindCoordinatorResponse | AddPartitionsToTxnResponse;
type Command = Told | Reminder | Answer;

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
      return gather(state, command, context);
    case 'SendGathered':
      return sendGathered(state, context);
    case 'UseProducerId':
      return useProducerId(state, command);
    case 'ForgetPartitions':
      return forgetPartitions(state);
    case 'FindCoordinatorResponse':
    case 'AddPartitionsToTxnResponse': {
      const waiting = answerTo(cluster, context, command.correlationId);
      const failure = waiting && eosAnswered(state, waiting, command, context);
      return failure ? produceFailed(state, waiting, failure, context) : undefined;
    }
    case 'ProduceResponse': {
      const waiting = answerTo(cluster, context, command.correlationId);
      if (!waiting) return;
      tellAnswered(cluster, waiting, context);
      return produceAnswered(state, waiting, command, context);
    }
    case 'MetadataResponse': {
      if (!answerTo(cluster, context, command.correlationId)) return;
      const failure = learnMetadata(cluster, context, command);
      if (cluster.refreshing) return;
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
      const { lost, failure } = closed(cluster, context, command.peer, command.refused);
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
