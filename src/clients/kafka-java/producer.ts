/**
 * The Java producer (kafka-clients 4.3.1 KafkaProducer, Sender, RecordAccumulator, TransactionManager) as a part: takes
 * `Publish` from a service beside it, or calls of the library's methods from a script. Records of one partition share
 * batches (batch.size, linger.ms), five requests may be under way, each record is tried for delivery.timeout.ms, and by
 * default all of it is idempotent. Left out: compression, interceptors, other partitioners, metrics, AddPartitionsToTxn
 * for brokers before 4.0.
 */
import type { KafkaResponse } from '../../brokers/kafka/protocol';
import type { Publish } from '../../kernel/delivery';
import { invariant } from '../../kernel/invariant';
import type { Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Look, Part, PartPicture } from '../../kernel/part';
import { cargoOf } from '../kafka/cargo';
import type { Call } from './calls';
import { answered, closed, timedOut, type InFlight, type Lost, type RequestTimedOut } from './connection';
import { learnMetadata, metadataLost } from './metadata';
import { produceAnswered, produceLost } from './producer-answers';
import { producerSpecs, readProducerOptions } from './producer-options';
import { run, type Wake } from './producer-run';
import { cloneProducer, newProducer, type Called, type Producer, type ProducerCall } from './producer-state';
import { txnAnswered, txnLost } from './txn-answers';

type Command = Publish | Call<ProducerCall> | Wake | RequestTimedOut | KafkaResponse;

/** How many unsettled messages the picture names. */
const unsettledShown = 40;

export const part: Part<Producer, Command, GivenOptions> = {
  options: producerSpecs,
  machine: {
    kind: 'kafka-java.producer',
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
  switch (command.type) {
    case 'Start':
      break;
    case 'Publish':
      publish(state, command);
      break;
    case 'Call': {
      const { ticket, replyTo, call } = command;
      state.calls = [...state.calls, called({ ticket, replyTo }, call)];
      break;
    }
    case 'Wake':
      state.wake = null;
      break;
    case 'RequestTimedOut':
      lost(state, timedOut(state.network, context, command), 'timed out', context);
      break;
    case 'ConnectionClosed':
      lost(state, closed(state.network, context, command.peer), 'disconnected', context);
      break;
    default: {
      const waiting = answered(state.network, context, command);
      if (!waiting) return;
      responded(state, waiting, command, context);
    }
  }
  run(state, context);
}

/** A service publishes: each message is a send of its own, and the last that is settled settles them all. */
function publish(state: Producer, { ticket, replyTo, place: topic, partition, messages }: Publish): void {
  const id = ++state.lastPublish;
  state.publishes.set(id, { ticket, replyTo, left: messages.length, error: null });
  const caller = { ticket: id, replyTo, publish: true as const };
  const sends = messages.map((message) =>
    called(caller, { is: 'send', topic, partition: partition ?? null, message, timestamp: null }),
  );
  state.calls = [...state.calls, ...sends];
}

function called(caller: Called['caller'], call: ProducerCall): Called {
  return { caller, call, since: null, seen: -1, awaits: 0, cause: -1 };
}

function responded(state: Producer, waiting: InFlight, response: KafkaResponse, context: Context): void {
  switch (response.type) {
    case 'ProduceResponse':
      return produceAnswered(state, waiting, response, context);
    case 'MetadataResponse':
      return learnMetadata(state.metadata, state.network, response, context);
    case 'FindCoordinatorResponse':
    case 'InitProducerIdResponse':
    case 'EndTxnResponse':
    case 'TxnOffsetCommitResponse':
      return txnAnswered(state, waiting, response);
    default:
      invariant(false, `a broker answers what it was asked, and a producer asks for no ${response.type}`);
  }
}

function lost(state: Producer, all: readonly InFlight[], why: Lost, context: Context): void {
  // what is sent again is put back last first, so that the first ends up in front where nothing is numbered
  for (const waiting of all) {
    const { type } = waiting.request;
    if (type === 'MetadataRequest') metadataLost(state.metadata, state.network, context);
    else if (type === 'ProduceRequest') produceLost(state, waiting, why, context);
    else txnLost(state, waiting);
  }
  state.metadata.isWanted = true;
}

function describe(state: Producer, look: Look): PartPicture {
  const unsettled = [];
  for (const { records, isDone } of state.batches.values())
    for (const { message } of records)
      if (!isDone && unsettled.length < unsettledShown) unsettled.push(look.face(message));
  return { process: { unsettled } };
}
