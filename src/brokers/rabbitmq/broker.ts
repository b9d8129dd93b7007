/**
 * A RabbitMQ node: connections, channels, exchanges and queues behind the methods of AMQP 0-9-1. What the real one takes
 * for a method belongs to the links, except what goes to disk. Not built: users and permissions, other virtual hosts
 * than "/", policies, flow control between processes, plugins.
 */
import type { Context, KernelCommand, Machine } from '../../kernel/machine';
import type { Part } from '../../kernel/part';
import { tickDue, type ChannelTick } from './ack-timeout';
import { cargo } from './protocol/cargo';
import { continueChannel } from './channel';
import { channelOf } from './channels';
import { fail, failConnection } from './close';
import { cargoBetweenNodes } from './cluster/cargo';
import { tellChanges } from './cluster/changes';
import { isClustered } from './cluster/cluster-state';
import { hearNodes, nodeConnectionGone, type ClusterCommand } from './cluster/door';
import { startNode } from './cluster/nodes';
import { runLocked } from './cluster/run-locked';
import { flushDue, sendConfirms, type FlushConfirms } from './confirms';
import { connectionLost, handleMethod, heartbeatDue, setAlarm } from './connection';
import { deadLetter } from './dead-letter';
import { MessageLost } from './facts';
import type { HeartbeatTick } from './heartbeats';
import { checkBroker } from './invariants';
import { describe } from './describe';
import { everyOption } from './options';
import { Port } from './port';
import type { ClientMethod } from './protocol';
import type { QueuePort, QueueReminder } from './queue-type';
import { typeOfQueue } from './queue-types';
import { cloneBroker, newBroker, restartBroker } from './lifetime';
import type { RabbitmqSpec } from './spec';
import type { BrokerState } from './state';
import { dropQueue } from './topology';

/** From outside the protocol: rabbitmqctl set_vm_memory_high_watermark, or memory that runs out. */
export interface SetMemoryAlarm {
  readonly type: 'SetMemoryAlarm';
  readonly raised: boolean;
}

/** The node is about to stop in good order (rabbitmqctl stop): what ends it is a crash none the less. */
export interface ShutDown {
  readonly type: 'ShutDown';
}

export type BrokerCommand = ClientMethod | FlushConfirms | ChannelTick | QueueReminder | HeartbeatTick | SetMemoryAlarm | ShutDown | ClusterCommand; // prettier-ignore

const machine: Machine<BrokerState, BrokerCommand, RabbitmqSpec> = {
  kind: 'rabbitmq.broker',
  init: newBroker,
  apply(state, command, context) {
    const port = portOf(state, context);
    handle(state, command, context, port);
    if (state.pending.length > 0) finish(state, port);
    if (isClustered(state) && state.cluster.changes.length > 0) tellChanges(state, false, port);
  },
  restart: restartBroker,
  clone: cloneBroker,
};

export const part: Part<BrokerState, BrokerCommand, RabbitmqSpec> = {
  machine,
  options: everyOption,
  describe,
  cargo: (command) => ('node' in command ? cargoBetweenNodes(command) : cargo(command)),
  check: checkBroker,
};

/** One is enough for a broker's one node: made anew only when another state's or another kernel's turn comes. */
let latest: Port | null = null;

function portOf(state: BrokerState, context: Context): Port {
  if (latest === null || !latest.isOf(state, context)) latest = new Port(state, context);
  return latest;
}

function handle(
  state: BrokerState,
  command: BrokerCommand | KernelCommand,
  context: Context,
  port: QueuePort,
): void {
  // prettier-ignore
  switch (command.type) {
    case 'Start':
      return start(state, port);
    case 'ShutDown':
      return shutDown(state, port);
    case 'ConnectionClosed':
      if (isClustered(state) && nodeConnectionGone(state, command.peer, port)) return;
      return connectionLost(state, command.connection, port);
    case 'FlushConfirms': {
      const channel = flushDue(state, command);
      const refusal = channel && sendConfirms(channel, context);
      if (refusal) fail(state, channel, refusal, 'TxCommit', port);
      return;
    }
    case 'HeartbeatTick':
      return heartbeatDue(state, command, port);
    case 'ChannelTick': {
      const late = tickDue(state, command, context);
      if (late) fail(state, late.channel, late.refusal, null, port);
      return;
    }
    case 'QueueReminder': {
      const queue = state.held.get(command.queue);
      if (queue?.definition.birth === command.birth) typeOfQueue(queue).remind(queue, command, port);
      return;
    }
    case 'SetMemoryAlarm':
      return setAlarm(state, command.raised, port);
    default:
      if (isClustered(state) && hearNodes(state, command, port)) return;
      return handleMethod(state, command as ClientMethod, port);
  }
}

function start(state: BrokerState, port: QueuePort): void {
  for (const fact of state.lost) port.context.emit({ is: MessageLost, ...fact, detail: 'crash' });
  state.lost = [];
  if (isClustered(state)) startNode(state, port);
  for (const queue of state.held.values()) typeOfQueue(queue).start(queue, port);
}

function shutDown(state: BrokerState, port: QueuePort): void {
  const text = "broker forced connection closure with reason 'shutdown'";
  for (const connection of state.connections.values()) {
    failConnection(state, connection, { name: 'CONNECTION_FORCED', text }, null, port);
  }
  for (const queue of state.held.values()) typeOfQueue(queue).shutDown?.(queue);
}

/** What processes of the real broker would be sent: dead letters, the end of queues, channels that may go on. */
function finish(state: BrokerState, port: QueuePort): void {
  for (let next = state.pending.shift(); next; next = state.pending.shift()) {
    if (next.type === 'DeadLetter')
      deadLetter(state, next.queue, next.publication, next.reason, port, next.letter);
    else if (next.type === 'Locked') {
      if (isClustered(state)) runLocked(state, port);
    } else if (next.type === 'Vanish') dropQueue(state, next.queue, port);
    else {
      const channel = channelOf(state, next.channel);
      if (channel) continueChannel(state, channel, port);
    }
  }
}
