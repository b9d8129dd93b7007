/** Plays the conformance scenarios on the simulation: the same steps, the same observations, simulated seconds. */
import { part as broker } from '../../../src/brokers/kafka/broker';
import type { KafkaRequest, KafkaResponse } from '../../../src/brokers/kafka/protocol';
import { part as kafkaConsumer } from '../../../src/clients/kafka/consumer';
import { part as kafkaProducer } from '../../../src/clients/kafka/producer';
import type { Handle, Publish } from '../../../src/kernel/delivery';
import { latencyTable } from '../../../src/kernel/distribution';
import { Kernel } from '../../../src/kernel/kernel';
import type { Machine, Tagged } from '../../../src/kernel/machine';
import type { ProcessSetup } from '../../../src/kernel/process';
import { ms } from '../../../src/kernel/time';
import { Trace } from '../../../src/kernel/trace';

interface Message {
  readonly key: string;
  readonly partition?: number;
}

/** One step; which fields it has depends on `do` (see record.mjs, the same steps on a real broker). */
export interface Step {
  readonly do: string;
  readonly topic: string;
  readonly each?: boolean;
  readonly messages?: readonly Message[];
  readonly acks?: number;
  readonly member: string;
  readonly members?: readonly string[];
  readonly group: string;
  readonly fromBeginning?: boolean;
  readonly autoCommit?: boolean;
  readonly count?: number;
  readonly quietMs?: number;
  readonly failAt?: { readonly offset: number; readonly times: number };
  readonly partition: number;
  readonly offset: number;
  readonly ms: number;
}

export interface Scenario {
  readonly says: string;
  readonly topics: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
}

interface HandlerState {
  readonly failAt: Step['failAt'];
  failures: number;
  taken: [number, number][];
}

/** The conformance script's eachMessage. */
const handler: Machine<HandlerState, Handle, { readonly failAt: Step['failAt'] }> = {
  kind: 'conformance.handler',
  init: ({ failAt }) => ({ failAt, failures: failAt?.times ?? 0, taken: [] }),
  apply(state, command, context) {
    if (command.type !== 'Handle') return;
    const { source, position } = command.delivery;
    state.taken.push([Number(source.split('/')[2]), position]);
    const fails = state.failAt?.offset === position && state.failures-- > 0;
    const answer = fails ? { type: 'HandlingFailed', error: 'asked to fail' } : { type: 'Handled' };
    context.tell(command.replyTo, { ...answer, ticket: command.ticket } as unknown as Tagged);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state, taken: state.taken.slice() }),
};

/** Sends what it is told to the broker and keeps the last answer: kafkajs's admin. */
const admin: Machine<{ answer: KafkaResponse | null }, KafkaRequest | KafkaResponse> = {
  kind: 'conformance.admin',
  init: () => ({ answer: null }),
  apply(state, command, context) {
    if (command.type.endsWith('Request')) context.send('kafka', command);
    else if (command.type.endsWith('Response')) state.answer = command as KafkaResponse;
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

/** Remembers which sends were answered. */
const sender: Machine<{ done: number[] }, Tagged> = {
  kind: 'conformance.sender',
  init: () => ({ done: [] }),
  apply(state, command) {
    if (command.type === 'Published') state.done.push((command as unknown as { ticket: number }).ticket);
  },
  restart: () => undefined,
  clone: (state) => ({ done: state.done.slice() }),
};

export class SimulatedCluster {
  private readonly kernel: Kernel;
  private readonly trace = new Trace();
  private readonly told = new Map<string, number>();
  private ticket = 0;

  constructor(scenario: Scenario) {
    const latency = latencyTable(1);
    const members = scenario.steps.filter((step) => step.do === 'consume');
    this.kernel = new Kernel({
      seed: 1,
      sink: this.trace,
      latency: () => latency,
      act: () => undefined,
      processes: [
        brokerProcess(scenario),
        senderProcess(),
        single('admin', admin),
        ...members.map(memberProcess),
      ],
    });
    for (const { member } of members)
      this.kernel.crash(this.kernel.process(member)!, 'not started', null, -1);
    this.run(100);
  }

  /** What the step lets be seen; null when nothing. */
  perform(step: Step): unknown {
    switch (step.do) {
      case 'send': {
        const messages = step.messages ?? [];
        const batches = step.each ? messages.map((message) => [message]) : [messages];
        return { sent: batches.map((batch) => this.send(step, batch)) };
      }
      case 'consume':
        this.kernel.restart(this.kernel.process(step.member)!, -1);
        return this.waitFor(step);
      case 'await':
        return this.waitFor(step);
      case 'seek':
        return this.command(step, {
          type: 'Seek',
          topic: step.topic,
          partition: step.partition,
          offset: step.offset,
        });
      case 'pause':
        return this.command(step, { type: 'Pause' });
      case 'resume':
        return this.command(step, { type: 'Resume' });
      case 'stop':
        this.command(step, { type: 'Stop' });
        return this.run(2000);
      case 'wait':
        return this.run(step.ms);
      case 'assignments':
        return {
          assignments: step
            .members!.map((name) => this.assignmentOf(name))
            .sort((a, b) => (a[0] ?? 99) - (b[0] ?? 99)),
        };
      default:
        return this.ask(step);
    }
  }

  private run(milliseconds: number): null {
    this.kernel.runUntil(this.kernel.now + ms(milliseconds));
    return null;
  }

  private command({ member }: Step, command: object): null {
    this.kernel.dispatch(this.kernel.part(`${member}/driver`)!, command as Tagged, -1, 0, null);
    return null;
  }

  /** One `producer.send`: what its promise would resolve to. */
  private send({ topic, acks }: Step, batch: readonly Message[]): unknown[] {
    const first = this.trace.length;
    const driver = acks === 0 ? 'unanswered' : 'driver';
    // Publish has one partition for all: a call that names several is as many publishes
    for (const partition of new Set(batch.map((message) => message.partition))) {
      const some = batch.filter((message) => message.partition === partition);
      const messages = some.map(({ key }) =>
        this.kernel.bodies.add({
          domain: 'order',
          type: 'Sent',
          label: key,
          key,
          version: 0,
          correlation: '',
          data: {},
        }),
      );
      const ticket = ++this.ticket;
      const publish: Publish = {
        type: 'Publish',
        ticket,
        replyTo: 'sender',
        place: topic,
        messages,
        ...(partition === undefined ? {} : { partition }),
      };
      this.kernel.dispatch(this.kernel.part(`sender/${driver}`)!, publish, -1, 0, null);
      const { done } = this.kernel.part('sender/sender')!.state as { done: number[] };
      for (let waited = 0; waited < 600 && !done.includes(ticket); waited++) this.run(50);
      if (!done.includes(ticket)) throw new Error(`send ${ticket} was never answered`);
    }
    this.run(200);
    if (acks === 0) return [];
    const bases = new Map<number, number>();
    for (const { kind, subject, position } of this.trace.facts(first)) {
      const partition = Number(subject.split('/')[2]);
      if (kind === 'accepted' && !bases.has(partition)) bases.set(partition, position);
    }
    return [...bases]
      .sort(([a], [b]) => a - b)
      .map(([partition, baseOffset]) => ({ partition, errorCode: 0, baseOffset }));
  }

  private waitFor({ member, count = 0, quietMs = 1200 }: Step): unknown {
    const told = this.told.get(member) ?? 0;
    const handed = () => (this.kernel.part(`${member}/handler`)!.state as HandlerState).taken;
    for (let waited = 0; waited < 600 && handed().length - told < count; waited++) this.run(50);
    this.run(quietMs);
    this.told.set(member, handed().length);
    return { taken: handed().slice(told) };
  }

  private assignmentOf(member: string): number[] {
    const { state } = this.kernel.part(`${member}/driver`)!;
    const look = { now: this.kernel.now, cells: 0, rows: 0, laneEnd: () => null, face: () => { throw new Error('no face'); } }; // prettier-ignore
    const owns = kafkaConsumer.describe!(state as never, look).process?.owns ?? [];
    return owns.map((address) => Number(address.split('/')[2])).sort((a, b) => a - b);
  }

  private ask(step: Step): unknown {
    const common = { correlationId: ++this.ticket, clientId: 'conformance' };
    const { topic: name, group: groupId, partition: partitionIndex, offset } = step;
    if (step.do === 'setOffset') {
      const topics = [{ name, partitions: [{ partitionIndex, committedOffset: offset }] }];
      this.request({
        ...common,
        type: 'OffsetCommitRequest',
        groupId,
        generationId: -1,
        memberId: '',
        topics,
      });
      return null;
    }
    if (step.do === 'deleteRecords') {
      this.request({
        ...common,
        type: 'DeleteRecordsRequest',
        topics: [{ name, partitions: [{ partitionIndex, offset }] }],
      });
      return null;
    }
    const partitionIndexes = this.partitionsOf(name);
    if (step.do === 'committed') {
      const answer = this.request({
        ...common,
        type: 'OffsetFetchRequest',
        groupId,
        topics: [{ name, partitionIndexes }],
      });
      return (
        answer.type === 'OffsetFetchResponse' && {
          committed: answer.topics[0].partitions.map(({ committedOffset }) => committedOffset),
        }
      );
    }
    if (step.do !== 'ends') throw new Error(`unknown step ${step.do}`);
    const [low, high] = [-2, -1].map((timestamp) => {
      const partitions = partitionIndexes.map((index) => ({ partitionIndex: index, timestamp }));
      const answer = this.request({
        ...common,
        type: 'ListOffsetsRequest',
        isolationLevel: 0,
        topics: [{ name, partitions }],
      });
      return answer.type === 'ListOffsetsResponse'
        ? answer.topics[0].partitions.map((entry) => entry.offset)
        : [];
    });
    return { ends: low.map((start, index) => [start, high[index]]) };
  }

  private partitionsOf(name: string): number[] {
    const answer = this.request({
      type: 'MetadataRequest',
      correlationId: ++this.ticket,
      clientId: 'conformance',
      topics: [name],
      allowAutoTopicCreation: false,
    });
    return answer.type === 'MetadataResponse'
      ? answer.topics[0].partitions.map(({ partitionIndex }) => partitionIndex)
      : [];
  }

  private request(request: KafkaRequest): KafkaResponse {
    const part = this.kernel.part('admin')!;
    const state = part.state as { answer: KafkaResponse | null };
    state.answer = null;
    this.kernel.dispatch(part, request, -1, 0, null);
    for (let waited = 0; waited < 100 && state.answer === null; waited++) this.run(10);
    if (state.answer === null) throw new Error(`${request.type} was never answered`);
    return state.answer;
  }
}

function single(name: string, machine: unknown, options: unknown = undefined): ProcessSetup {
  return { name, restartAfter: null, parts: [{ name, machine: machine as never, options }] };
}

function brokerProcess({ topics }: Scenario): ProcessSetup {
  const list = Object.entries(topics).map(([name, partitions]) => ({ name, partitions }));
  const options = {
    name: 'kafka',
    kind: 'kafka',
    topics: list,
    options: { 'group.initial.rebalance.delay.ms': 0 },
  };
  return single('kafka', broker.machine, options);
}

function senderProcess(): ProcessSetup {
  return {
    name: 'sender',
    restartAfter: null,
    parts: [
      { name: 'sender', machine: sender, options: undefined },
      { name: 'driver', machine: kafkaProducer.machine, options: { broker: 'kafka' } },
      { name: 'unanswered', machine: kafkaProducer.machine, options: { broker: 'kafka', acks: 0 } },
    ],
  };
}

function memberProcess({
  member,
  group,
  topic,
  fromBeginning = false,
  autoCommit = true,
  failAt,
}: Step): ProcessSetup {
  const options = {
    broker: 'kafka',
    groupId: group,
    topics: [topic],
    handler: 'handler',
    fromBeginning,
    autoCommit,
    sessionTimeout: 10_000,
    maxWaitTimeInMs: 500,
  };
  return {
    name: member,
    restartAfter: null,
    parts: [
      { name: 'driver', machine: kafkaConsumer.machine, options },
      { name: 'handler', machine: handler, options: { failAt } },
    ],
  };
}
