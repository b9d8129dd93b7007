/**
 * The real Java client behind the contract of clients/kafka-java/api.ts: every client is a process of its own (../../java/),
 * told over standard input what to call. What was killed never answers again, as in a program that was killed.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  JavaError,
  type JavaAdmin,
  type JavaClients,
  type JavaConfig,
  type JavaConsumer,
  type JavaProducer,
  type JavaRaw,
  type JavaShareConsumer,
} from '../../../../src/clients/kafka-java/api';

type Fields = Readonly<Record<string, unknown>>;

/** Where a client of this name finds the brokers, and what its processes are started with. */
export interface JavaSurroundings {
  readonly classPath: () => string;
  /** The address at which every broker is found, under the port it has, and the brokers to begin with. */
  readonly proxyOf: (clientId: string) => Promise<{ readonly host: string; readonly bootstrap: string }>;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Line {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** A quick start rather than a fast client; several run at a time. */
const JVM = ['-Xms16m', '-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

export class JavaProcesses {
  private readonly running: JavaProcess[] = [];

  constructor(private readonly surroundings: JavaSurroundings) {}

  /** Whether a client was made. */
  get used(): boolean {
    return this.running.length > 0;
  }

  readonly clients: JavaClients = {
    producer: async (clientId, config = {}) => producerOf(await this.start('producer', clientId, config)),
    consumer: async (clientId, config) => consumerOf(await this.start('consumer', clientId, config)),
    shareConsumer: async (clientId, config) =>
      shareConsumerOf(await this.start('shareConsumer', clientId, config)),
    admin: async (clientId) => adminOf(await this.start('admin', clientId, {})),
    raw: async (clientId) => rawOf(await this.start('raw', clientId, {})),
  };

  /** Kills what is left: at the end of a scenario nobody waits for a goodbye. */
  async stop(): Promise<void> {
    await Promise.all(this.running.map((each) => each.kill()));
  }

  private async start(kind: string, clientId: string, config: JavaConfig): Promise<JavaProcess> {
    const { host, bootstrap } = await this.surroundings.proxyOf(clientId);
    const process = new JavaProcess([
      ...JVM,
      `-Dconformance.proxy=${host}`,
      ...['-cp', this.surroundings.classPath(), 'conformance.Main'],
    ]);
    this.running.push(process);
    await process.call('create', {
      kind,
      config: { ...config, 'client.id': clientId, 'bootstrap.servers': bootstrap },
    });
    return process;
  }
}

/** Of every scenario: nothing outlives the command. */
const alive = new Set<ChildProcessWithoutNullStreams>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

class JavaProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly pending = new Map<number, Pending>();
  private readonly exited: Promise<unknown>;
  private lastId = 0;
  private complaints = '';

  constructor(args: readonly string[]) {
    this.child = spawn('java', args);
    alive.add(this.child);
    this.child.stdin.on('error', () => undefined);
    this.child.stderr.on(
      'data',
      (text: Buffer) => (this.complaints = `${this.complaints}${String(text)}`.slice(-4000)),
    );
    createInterface({ input: this.child.stdout }).on('line', (line) => this.hear(JSON.parse(line) as Line));
    this.exited = once(this.child, 'exit').then(() => {
      alive.delete(this.child);
      for (const { reject } of this.pending.values())
        reject(new Error(`The process of a Java client ended by itself: ${this.complaints}`));
    });
  }

  call(name: string, fields: Fields = {}): Promise<unknown> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.child.stdin.write(`${JSON.stringify({ id, call: name, ...fields })}\n`);
    });
  }

  async kill(): Promise<void> {
    this.pending.clear();
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async pause(forMs: number): Promise<void> {
    this.child.kill('SIGSTOP');
    await sleep(forMs);
    this.child.kill('SIGCONT');
  }

  private hear({ id, result, error }: Line): void {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    if (error) waiting?.reject(new JavaError(error.name, error.message));
    else waiting?.resolve(result);
  }
}

/** By its consumer: a producer that sends a consumer's offsets asks it for its membership. */
const processes = new WeakMap<JavaConsumer, JavaProcess>();

function producerOf(process: JavaProcess): JavaProducer {
  const call = callsOf(process);
  return {
    send: (record) => call('send', record),
    flush: () => call('flush'),
    partitionsFor: (topic) => call('partitionsFor', { topic }),
    initTransactions: () => call('initTransactions'),
    beginTransaction: () => call('beginTransaction'),
    sendOffsetsToTransaction: async (offsets, consumer) => {
      const group = await processes.get(consumer)!.call('groupMetadata');
      await call('sendOffsetsToTransaction', { offsets, group });
    },
    commitTransaction: () => call('commitTransaction'),
    abortTransaction: () => call('abortTransaction'),
    close: () => call('close'),
  };
}

function consumerOf(process: JavaProcess): JavaConsumer {
  const call = callsOf(process);
  const consumer: JavaConsumer = {
    subscribe: (topics) => call('subscribe', { topics }),
    assign: (partitions) => call('assign', { partitions }),
    poll: (timeoutMs) => call('poll', { timeoutMs }),
    commitSync: (offsets) => call('commitSync', { offsets }),
    committed: (partition) => call('committed', { partition }),
    position: (partition) => call('position', { partition }),
    seek: (partition, offset) => call('seek', { partition, offset }),
    seekToBeginning: (partitions) => call('seekToBeginning', { partitions }),
    pause: (partitions) => call('pause', { partitions }),
    resume: (partitions) => call('resume', { partitions }),
    assignment: () => call('assignment'),
    rebalances: () => call('rebalances'),
    groupMetadata: async () => {
      const { generationId, memberId } = await call<{ generationId: number; memberId: string }>(
        'groupMetadata',
      );
      return { generationId, memberId };
    },
    close: () => call('close'),
    kill: () => process.kill(),
    pauseProcess: (forMs) => process.pause(forMs),
  };
  processes.set(consumer, process);
  return consumer;
}

function shareConsumerOf(process: JavaProcess): JavaShareConsumer {
  const call = callsOf(process);
  return {
    subscribe: (topics) => call('subscribe', { topics }),
    poll: (timeoutMs) => call('poll', { timeoutMs }),
    acknowledge: (record, type) => call('acknowledge', { record, type }),
    commitSync: () => call('commitSync'),
    close: () => call('close'),
    kill: () => process.kill(),
  };
}

function adminOf(process: JavaProcess): JavaAdmin {
  const call = callsOf(process);
  return {
    createTopic: (topic, partitions, config = {}) => call('createTopic', { topic, partitions, config }),
    setGroupConfig: (groupId, config) => call('setGroupConfig', { groupId, config }),
    describeGroup: (groupId) => call('describeGroup', { groupId }),
    shareGroupOffsets: (groupId) => call('shareGroupOffsets', { groupId }),
    listOffsets: (partition, spec) => call('listOffsets', { partition, spec }),
    close: () => call('close'),
  };
}

function rawOf(process: JavaProcess): JavaRaw {
  const call = callsOf(process);
  return {
    initProducerId: () => call('initProducerId'),
    produce: (batch) => call('produce', { ...batch }),
    close: () => call('close'),
  };
}

/** What the process answers has the shape that the contract says: the runner is written to it. */
function callsOf(process: JavaProcess) {
  return <Result>(name: string, fields: Fields = {}) => process.call(name, fields) as Promise<Result>;
}
