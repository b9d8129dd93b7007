/**
 * The controller of a cluster: which nodes take part, who leads each partition, which topics there are (QuorumController.java,
 * ClusterControlManager.java, ReplicationControlManager.java, BrokerHeartbeatManager.java).
 * Simplified: real controllers are a quorum that keeps this in a replicated log and elects one of its own; here it is one
 * process, which forgets nothing when it dies, and whose nodes go on as they were while it is away. It has no log that
 * nodes fetch: it sends them what is new. A node that is shut down on purpose dies like one that is killed. Left out:
 * reassignment of replicas, rack awareness, quotas, access control.
 */
import type { Context, KernelCommand, Machine, Tagged, TimerId } from '../../kernel/machine';
import type { Part } from '../../kernel/part';
import type { Time } from '../../kernel/time';
import { brokerConfig, BadBrokerOption, type BrokerConfig } from './config';
import {
  LeaderElected,
  NodeFenced,
  NodeUnfenced,
  PartitionsAdded,
  TopicCreated,
  TopicDeleted,
} from './facts';
import { describeController } from './describe-cluster';
import { everyOption, type BrokerOptions } from './options';
import { groupConfigsAltered, type KeepsGroupConfigs } from './consumer-group/group-config';
import type {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
  KafkaRequest,
  KafkaResponse,
} from './protocol';
import type {
  AlterPartitionRequest,
  AlterPartitionResponse,
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
  ClusterImage,
  ControllerRequest,
  EnvelopeRequest,
  EnvelopeResponse,
  MetadataPublished,
  NodeImage,
  PartitionImage,
} from './protocol/cluster';
import type { ErrorCode } from './protocol';
import { changed, noLeader, type ElectionRules, type Wish } from './cluster/election';
import { firstImage, hostOfNode } from './cluster/first-image';
import { clusterSettings, inSyncRules, type ClusterSettings } from './cluster/settings';
import { alterConfigs, createPartitions, createTopics, deleteTopics } from './cluster/topics';

export interface ControllerState {
  readonly name: string;
  readonly config: BrokerConfig;
  readonly settings: ClusterSettings;
  image: ClusterImage;
  /** By node: when it is given up unless it is heard of; fenced nodes have none. */
  readonly sessions: Map<number, { readonly timer: TimerId; readonly expiresAt: Time }>;
  /** By node: which life of its process is registered. */
  readonly incarnations: Map<number, number>;
  imbalanceTimer: TimerId | null;
}

interface NodeTimedOut extends Tagged {
  readonly type: 'NodeTimedOut';
  readonly nodeId: number;
}
interface CheckLeaders extends Tagged {
  readonly type: 'CheckLeaders';
}

type Command = ControllerRequest | NodeTimedOut | CheckLeaders;

const machine: Machine<ControllerState, Command, BrokerOptions> = {
  kind: 'kafka.controller',
  init(options) {
    const { name, nodes = 1, topics } = options;
    const wrong = topics.find(({ replicationFactor: copies = 1 }) => copies < 1 || copies > nodes);
    if (wrong)
      throw new BadBrokerOption(`Broker "${name}", topic "${wrong.name}": its copies need a node each.`);
    return {
      ...{ name, config: brokerConfig(options), settings: clusterSettings(options.options ?? {}) },
      ...{ image: firstImage(options), sessions: new Map(), imbalanceTimer: null },
      incarnations: new Map(Array.from({ length: nodes }, (_, index) => [index + 1, 0])),
    };
  },
  apply,
  restart(state) {
    state.sessions.clear();
    state.imbalanceTimer = null;
  },
  clone: (state) => ({
    ...state,
    sessions: new Map(state.sessions),
    incarnations: new Map(state.incarnations),
  }),
};

export const part: Part<ControllerState, Command, BrokerOptions> = {
  machine,
  options: everyOption,
  describe: describeController,
};

function apply(state: ControllerState, command: Command | KernelCommand, context: Context): void {
  const { image } = state;
  switch (command.type) {
    case 'Start':
      for (const node of state.image.nodes) if (!node.isFenced) expect(state, node.nodeId, context);
      return watchLeaders(state, context);
    case 'ConnectionClosed':
      return;
    case 'NodeTimedOut':
      fence(state, command.nodeId, context);
      break;
    case 'CheckLeaders':
      state.imbalanceTimer = null;
      eachPartition(state, () => ({ preferred: true }), context);
      watchLeaders(state, context);
      break;
    case 'BrokerRegistrationRequest':
      return register(state, command, context);
    case 'BrokerHeartbeatRequest':
      return heartbeat(state, command, context);
    case 'AlterPartitionRequest':
      return alterPartition(state, command, context);
    case 'EnvelopeRequest':
      return carryOut(state, command, context);
  }
  if (state.image !== image) publish(state, context);
}

/** Something has changed: everybody who is registered is told, the fenced ones too. */
function publish(state: ControllerState, context: Context): void {
  state.image = { ...state.image, version: state.image.version + 1 };
  const news: MetadataPublished = { type: 'MetadataPublished', image: state.image };
  for (const { nodeId, host } of state.image.nodes) if (state.sessions.has(nodeId)) context.send(host, news);
  watchLeaders(state, context);
}

/** A node that starts. While the one before it may still be alive it is not let in (registerBroker). */
function register(state: ControllerState, request: BrokerRegistrationRequest, context: Context): void {
  const { brokerId: nodeId, incarnation, correlationId } = request;
  const answer = (errorCode: ErrorCode, brokerEpoch: number): void => {
    const response: BrokerRegistrationResponse = {
      ...{ type: 'BrokerRegistrationResponse', correlationId, errorCode, brokerEpoch },
    };
    context.reply(context.connection, response);
  };
  const known = state.image.nodes.find((node) => node.nodeId === nodeId)!;
  if (state.incarnations.get(nodeId) === incarnation) {
    expect(state, nodeId, context);
    answer('NONE', known.brokerEpoch);
    // the first answer may have been lost, and the metadata with it
    const news: MetadataPublished = { type: 'MetadataPublished', image: state.image };
    return context.send(known.host, news);
  }
  if (state.sessions.has(nodeId) && !known.isFenced) return answer('DUPLICATE_BROKER_REGISTRATION', -1);
  state.incarnations.set(nodeId, incarnation);
  const brokerEpoch = state.image.version + 1;
  setNode(state, { ...known, host: hostOfNode(state.name, nodeId), isFenced: true, brokerEpoch });
  // nobody says that it was shut down in good order: it may lack what it has acknowledged (KIP-966)
  eachPartition(
    state,
    ({ isr, elr }) =>
      isr.includes(nodeId) || elr.includes(nodeId)
        ? { isr: isr.filter((node) => node !== nodeId), uncleanShutdown: [nodeId] }
        : null,
    context,
  );
  expect(state, nodeId, context);
  answer('NONE', brokerEpoch);
  publish(state, context);
}

/** A sign of life; whoever has read all of the metadata may take part (BrokerHeartbeatManager.java). */
function heartbeat(state: ControllerState, request: BrokerHeartbeatRequest, context: Context): void {
  const { brokerId: nodeId, brokerEpoch, currentMetadataOffset, correlationId } = request;
  const node = state.image.nodes.find((each) => each.nodeId === nodeId)!;
  const answer = (errorCode: ErrorCode, isFenced: boolean): void => {
    const response: BrokerHeartbeatResponse = {
      ...{ type: 'BrokerHeartbeatResponse', correlationId, errorCode, isFenced },
    };
    context.reply(context.connection, response);
  };
  if (brokerEpoch !== node.brokerEpoch) return answer('STALE_BROKER_EPOCH', true);
  expect(state, nodeId, context);
  if (!node.isFenced) return answer('NONE', false);
  if (currentMetadataOffset < brokerEpoch) return answer('NONE', true);
  setNode(state, { ...node, isFenced: false });
  context.emit({ is: NodeUnfenced, subject: node.host });
  eachPartition(state, ({ leader }) => (leader === noLeader ? {} : null), context);
  answer('NONE', false);
  publish(state, context);
}

/** It is silent: it leads nothing any more, and is in sync with nobody (handleBrokerFenced). */
function fence(state: ControllerState, nodeId: number, context: Context): void {
  state.sessions.delete(nodeId);
  const node = state.image.nodes.find((each) => each.nodeId === nodeId)!;
  if (node.isFenced) return;
  setNode(state, { ...node, isFenced: true });
  context.emit({ is: NodeFenced, subject: node.host });
  eachPartition(
    state,
    ({ isr }) => (isr.includes(nodeId) ? { isr: isr.filter((each) => each !== nodeId) } : null),
    context,
  );
}

/** A leader asks for another ISR (validateAlterPartitionData). */
function alterPartition(state: ControllerState, request: AlterPartitionRequest, context: Context): void {
  const { correlationId, topic, partition: index } = request;
  const errorCode = alterationError(state, request);
  if (errorCode === 'NONE') {
    const known = state.image.topics.get(topic)!;
    const wish = { isr: request.newIsr };
    const partition = changed(known.partitions[index], wish, rulesOf(state, topic));
    setPartition(state, topic, index, partition, context);
  }
  const response: AlterPartitionResponse = {
    ...{ type: 'AlterPartitionResponse', correlationId, topic, partition: index, errorCode },
  };
  if (errorCode === 'NONE') publish(state, context);
  context.reply(context.connection, response);
}

function alterationError({ image }: ControllerState, request: AlterPartitionRequest): ErrorCode {
  const { brokerId, leaderEpoch, partitionEpoch, newIsr } = request;
  const partition = image.topics.get(request.topic)?.partitions[request.partition];
  if (!partition) return 'UNKNOWN_TOPIC_OR_PARTITION';
  if (leaderEpoch < partition.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (brokerId !== partition.leader || !newIsr.includes(brokerId)) return 'INVALID_REQUEST';
  if (partitionEpoch < partition.partitionEpoch) return 'INVALID_UPDATE_VERSION';
  const isUp = (nodeId: number) => image.nodes.some((node) => node.nodeId === nodeId && !node.isFenced);
  return newIsr.every(isUp) ? 'NONE' : 'INELIGIBLE_REPLICA';
}

/** What a client asked a node for and only the controller can do. */
function carryOut(state: ControllerState, envelope: EnvelopeRequest, context: Context): void {
  const before = state.image;
  const response = responseTo(state, envelope.request as KafkaRequest, context);
  tellOfTopics(state, before, context);
  if (state.image !== before) publish(state, context);
  const answer: EnvelopeResponse = {
    ...{ type: 'EnvelopeResponse', correlationId: envelope.correlationId, response },
  };
  context.reply(context.connection, answer);
}

function responseTo(state: ControllerState, request: KafkaRequest, context: Context): KafkaResponse {
  const random = () => context.random('placement');
  switch (request.type) {
    case 'CreateTopicsRequest':
      return createTopics(state, request, random);
    case 'CreatePartitionsRequest':
      return createPartitions(state, request, random);
    case 'DeleteTopicsRequest':
      return deleteTopics(state, request);
    case 'AlterConfigsRequest':
      return alterConfigs(state, request);
    case 'IncrementalAlterConfigsRequest':
      return alterGroups(state, request);
    default:
      throw new Error(`A controller is not asked for ${request.type}.`);
  }
}

function alterGroups(
  state: ControllerState,
  request: IncrementalAlterConfigsRequest,
): IncrementalAlterConfigsResponse {
  const { config, image } = state;
  const kept: KeepsGroupConfigs = {
    config,
    ...(image.groupConfigs ? { groupConfigs: image.groupConfigs } : {}),
  };
  const response = groupConfigsAltered(kept, request);
  const { groupConfigs } = kept;
  if (groupConfigs && groupConfigs !== image.groupConfigs) state.image = { ...image, groupConfigs };
  return response;
}

function tellOfTopics(state: ControllerState, before: ClusterImage, context: Context): void {
  for (const [name, { partitions }] of state.image.topics) {
    const known = before.topics.get(name)?.partitions.length;
    if (known === partitions.length) continue;
    const is = known === undefined ? TopicCreated : PartitionsAdded;
    context.emit({ is, subject: `${state.name}/${name}`, amount: partitions.length });
  }
  for (const [name, { partitions }] of before.topics)
    if (!state.image.topics.has(name))
      context.emit({ is: TopicDeleted, subject: `${state.name}/${name}`, amount: partitions.length });
}

/** Changes every partition for which `wishOf` has a wish. */
function eachPartition(
  state: ControllerState,
  wishOf: (partition: PartitionImage) => Wish | null,
  context: Context,
): void {
  for (const { name, partitions } of state.image.topics.values())
    partitions.forEach((partition, index) => {
      const wish = wishOf(partition);
      if (wish !== null)
        setPartition(state, name, index, changed(partition, wish, rulesOf(state, name)), context);
    });
}

function setPartition(
  state: ControllerState,
  topic: string,
  index: number,
  partition: PartitionImage,
  context: Context,
): void {
  const known = state.image.topics.get(topic)!;
  const before = known.partitions[index];
  if (before === partition) return;
  const partitions = known.partitions.with(index, partition);
  state.image = { ...state.image, topics: new Map(state.image.topics).set(topic, { ...known, partitions }) };
  if (before.leader === partition.leader) return;
  const isClean = partition.leader === noLeader || [...before.isr, ...before.elr].includes(partition.leader);
  context.emit({
    ...{ is: LeaderElected, subject: `${state.name}/${topic}/${index}`, position: partition.leader },
    ...{ amount: partition.leaderEpoch, detail: isClean ? '' : 'unclean' },
  });
}

function rulesOf({ config, image }: ControllerState, topic: string): ElectionRules {
  const { configs, partitions } = image.topics.get(topic)!;
  const { minInSync, unclean } = inSyncRules(config.topicDefaults, configs);
  return {
    isActive: (nodeId) => image.nodes.some((node) => node.nodeId === nodeId && !node.isFenced),
    minInSync: Math.min(minInSync, partitions[0].replicas.length),
    unclean,
  };
}

function setNode(state: ControllerState, node: NodeImage): void {
  const nodes = state.image.nodes.map((each) => (each.nodeId === node.nodeId ? node : each));
  state.image = { ...state.image, nodes };
}

/** The node is to be heard of again within its session timeout. */
function expect(state: ControllerState, nodeId: number, context: Context): void {
  const known = state.sessions.get(nodeId);
  if (known) context.cancel(known.timer);
  const { sessionTimeout } = state.settings;
  const timedOut: NodeTimedOut = { type: 'NodeTimedOut', nodeId };
  const timer = context.after(sessionTimeout, timedOut);
  state.sessions.set(nodeId, { timer, expiresAt: context.now + sessionTimeout });
}

/** auto.leader.rebalance.enable: leadership goes back to the first replica at the next look. Nothing to do, no look. */
function watchLeaders(state: ControllerState, context: Context): void {
  if (state.imbalanceTimer !== null) return;
  const isOff = [...state.image.topics.values()].some(({ partitions }) =>
    partitions.some(({ leader, replicas }) => leader !== replicas[0]),
  );
  if (!isOff) return;
  const interval = state.settings.leaderImbalanceCheck;
  const check: CheckLeaders = { type: 'CheckLeaders' };
  const at = Math.floor(context.now / interval) * interval + interval;
  state.imbalanceTimer = context.after(at - context.now, check);
}
