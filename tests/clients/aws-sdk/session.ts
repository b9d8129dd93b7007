/** Programs that use the facade, on the simulated services or on a service that answers as it is told. */
import { part as lambda } from '../../../src/brokers/aws/lambda/broker';
import type { ErrorResponse } from '../../../src/brokers/aws/protocol/common';
import { part as sns } from '../../../src/brokers/aws/sns/broker';
import { part as sqs } from '../../../src/brokers/aws/sqs/broker';
import { awsSdk, type AwsSdk } from '../../../src/clients/aws-sdk';
import { Script, type ScriptAction } from '../../../src/clients/script';
import { latencyTable } from '../../../src/kernel/distribution';
import { Kernel } from '../../../src/kernel/kernel';
import type { AnyMachine, Machine, Tagged } from '../../../src/kernel/machine';
import type { ProcessSetup } from '../../../src/kernel/process';
import { ms, toMs } from '../../../src/kernel/time';

export interface Session {
  readonly aws: AwsSdk;
  readonly kernel: Kernel;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds of simulated time. */
  readonly now: () => number;
}

interface Setup {
  readonly seed?: number;
  /** Stands for SQS. */
  readonly service?: AnyMachine;
}

export async function session(
  program: (session: Session) => Promise<void>,
  { seed = 1, service }: Setup = {},
): Promise<void> {
  const latency = latencyTable(1);
  const process = (name: string, machine: AnyMachine, options: unknown): ProcessSetup => ({
    ...{ name, restartAfter: null },
    parts: [{ name: 'broker', machine, options }],
  });
  const kernel = new Kernel({
    seed,
    latency: () => latency,
    act: (world, action) => (action as ScriptAction)(world),
    processes: [
      process('sqs', service ?? sqs.machine, { name: 'sqs', kind: 'sqs', queues: [] }),
      process('sns', sns.machine, { name: 'sns', kind: 'sns', topics: [] }),
      process('lambda', lambda.machine, { name: 'lambda', kind: 'lambda', functions: [] }),
    ],
  });
  const script = new Script(kernel, () => new Promise((resolve) => setImmediate(resolve)));
  const tools: Session = {
    ...{ aws: awsSdk(script), kernel },
    sleep: (milliseconds) => script.sleep(ms(milliseconds)),
    now: () => toMs(kernel.now),
  };
  await script.run(() => program(tools), ms(3_600_000));
}

/** What a service does with one request: answers it, or nothing. */
export type Reaction = Tagged | 'silence';

/** A service that reacts to each request as the next in the list says, to all further ones as the last. */
export function serviceThat(...reactions: readonly Reaction[]): AnyMachine & { readonly asked: Tagged[] } {
  const asked: Tagged[] = [];
  const machine: Machine<object, Tagged> = {
    kind: 'test.service',
    init: () => ({}),
    apply(_, command, context) {
      if (command.type === 'Start' || command.type === 'ConnectionClosed') return;
      asked.push(command);
      const reaction = reactions[Math.min(asked.length, reactions.length) - 1];
      if (reaction !== 'silence') context.reply(context.connection, reaction);
    },
    restart: () => undefined,
    clone: (state) => state,
  };
  return { ...machine, asked };
}

export function refusal(code: string, httpStatus: number, exception = code): ErrorResponse {
  const fault = httpStatus < 500 ? 'Sender' : 'Receiver';
  return { type: 'ErrorResponse', code, exception, message: `${code}!`, fault, httpStatus };
}
