/** SQS, Lambda and functions whose code is a test's own, for tests. */
import { part as lambda, type LambdaSpec } from '../../src/brokers/aws/lambda/broker';
import type {
  RunInvocationRequest,
  RunInvocationResponse,
  SqsRecord,
} from '../../src/brokers/aws/lambda/protocol';
import type { LambdaState } from '../../src/brokers/aws/lambda/state';
import { textOf } from '../../src/brokers/aws/protocol/content';
import { part as sqs } from '../../src/brokers/aws/sqs/broker';
import { queueUrl, type GetQueueAttributesResponse, type SendMessageBatchRequest } from '../../src/brokers/aws/sqs/protocol'; // prettier-ignore
import type { ConnectionId, Context, Machine, Tagged } from '../../src/kernel/machine';
import { ms } from '../../src/kernel/time';
import { AwsWorld } from './aws-world';

/** What a function does with an event: how long it takes, and then what it returns or throws. `null`: it never answers. */
export type Code = (
  request: RunInvocationRequest,
  number: number,
  context: Context,
) => { readonly afterMs?: number; readonly response: Omit<RunInvocationResponse, 'type'> | null };

interface CodeState {
  runs: readonly RunInvocationRequest[];
  connections: Map<number, ConnectionId>;
}

interface Answer extends Tagged {
  readonly type: 'Answer';
  readonly run: number;
  readonly response: Omit<RunInvocationResponse, 'type'>;
}

function codeMachine(code: Code): Machine<CodeState, Tagged> {
  return {
    kind: 'test.code',
    init: () => ({ runs: [], connections: new Map() }),
    apply(state, command, context) {
      if (command.type === 'Answer') {
        const { run, response } = command as Answer;
        context.reply(state.connections.get(run)!, { type: 'RunInvocationResponse', ...response });
      }
      if (command.type !== 'RunInvocationRequest') return;
      const request = command as RunInvocationRequest;
      const run = state.runs.length;
      state.runs = [...state.runs, request];
      state.connections.set(run, context.connection);
      const { afterMs = 10, response } = code(request, run, context);
      if (response) context.after(ms(afterMs), { type: 'Answer', run, response } as Answer);
    },
    restart: (state) => state.connections.clear(),
    clone: (state) => ({ ...state, connections: new Map(state.connections) }),
  };
}

export interface LambdaWorldSetup {
  readonly queues?: readonly { readonly name: string; readonly attributes?: Record<string, string> }[];
  readonly code?: Code;
  readonly function?: object;
  readonly mapping?: object | null;
  readonly options?: LambdaSpec['options'];
  readonly seed?: number;
}

export const returns = (returned: RunInvocationResponse['returned'] = null, afterMs = 10): Code => () => ({ afterMs, response: { returned } }); // prettier-ignore
export const throws = (errorMessage = 'no'): Code => () => ({ response: { threw: { errorType: 'Error', errorMessage } } }); // prettier-ignore

/** A function "work" that reads "orders", unless told otherwise. */
export class LambdaWorld extends AwsWorld {
  constructor({ queues = [{ name: 'orders' }], code = returns(), mapping = {}, ...more }: LambdaWorldSetup) {
    const spec = {
      ...{ name: 'lambda', kind: 'lambda' },
      functions: [{ name: 'work', process: 'worker', ...more.function }],
      eventSourceMappings: mapping === null ? [] : [{ function: 'work', queue: 'sqs/orders', ...mapping }],
      options: { coldStartMs: 100, ...more.options },
    };
    const sqsSpec = { name: 'sqs', kind: 'sqs', queues, options: { duplicateProbability: 0 } };
    super({
      ...(more.seed === undefined ? {} : { seed: more.seed }),
      processes: [
        { name: 'sqs', restartAfterMs: 200, parts: [{ name: 'broker', machine: sqs.machine, options: sqsSpec }] }, // prettier-ignore
        { name: 'lambda', restartAfterMs: 200, parts: [{ name: 'broker', machine: lambda.machine, options: spec }] }, // prettier-ignore
        { name: 'worker', restartAfterMs: 200, parts: [{ name: 'code', machine: codeMachine(code) }] },
      ],
    });
  }

  /** Sends them all, ten in a call. */
  send(texts: readonly string[], queue = 'orders', more: (text: string) => object = () => ({})): void {
    for (let from = 0; from < texts.length; from += 10) {
      const request: SendMessageBatchRequest = {
        type: 'SendMessageBatchRequest',
        QueueUrl: queueUrl(queue),
        Entries: texts.slice(from, from + 10).map((text, index) => ({
          Id: String(index),
          Body: { message: this.message(text) },
          ...more(text),
        })),
      };
      this.ask('sqs', request);
    }
  }

  /** Messages in a queue: those that can be received, and those in flight. */
  depth(queue = 'orders'): readonly [number, number] {
    const { Attributes = {} } = this.ask<GetQueueAttributesResponse>('sqs', {
      type: 'GetQueueAttributesRequest',
      QueueUrl: queueUrl(queue),
      AttributeNames: ['All'],
    } as Tagged);
    const count = (name: string) => Number(Attributes[name]);
    return [count('ApproximateNumberOfMessages'), count('ApproximateNumberOfMessagesNotVisible')];
  }

  get runs(): readonly RunInvocationRequest[] {
    return this.state<CodeState>('worker/code').runs;
  }

  /** Texts of the batches the function was called with. */
  get batches(): readonly (readonly string[])[] {
    return this.runs.map(({ event }) =>
      recordsOf(event).map(({ body }) => textOf(body, this.bodies.get(body.message))),
    );
  }

  get lambda(): LambdaState {
    return this.state<LambdaState>('lambda/broker');
  }
}

export function recordsOf(event: RunInvocationRequest['event']): readonly SqsRecord[] {
  return 'Records' in event ? (event.Records as readonly SqsRecord[]) : [];
}
