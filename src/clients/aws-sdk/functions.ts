/** Functions of Lambda whose code is a program's own. It stands for packages, roles and uploading. */
import type {
  CreateFunctionRequest, FunctionConfigurationResponse, Json, RunInvocationRequest, RunInvocationResponse,
} from '../../brokers/aws/lambda/protocol'; // prettier-ignore
import { toMs } from '../../kernel/time';
import type { Driver, ScriptWorld } from '../script';
import { Client, Command } from './client';
import { eventOf } from './event';
import { lambdaService } from './lambda';
import { machine, type Finish, type Invoked } from './runtime';

/** What the code is told about the invocation. */
interface HandlerContext {
  readonly functionName: string;
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
}

export interface FunctionOptions {
  readonly name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an event is whatever JSON the caller sent
  readonly handler: (event: any, context: HandlerContext) => unknown;
  readonly timeoutMs?: number;
  readonly reservedConcurrency?: number;
}

/** Makes the function; resolves to its ARN. */
export async function createFunction(world: ScriptWorld, options: FunctionOptions): Promise<string> {
  const { name, timeoutMs, reservedConcurrency } = options;
  const code: Driver = world.start(name, machine, undefined, (heard) => {
    const { invocation, request } = heard as Invoked;
    void run(world, options, request).then((response) => {
      const finish: Finish = { type: 'Finish', invocation, response };
      code.tell(finish);
    });
  });
  const client = new Client(world, lambdaService);
  const request: Omit<CreateFunctionRequest, 'type'> = {
    FunctionName: name,
    Code: { process: `${code.process}/driver` },
    ...(timeoutMs === undefined ? {} : { Timeout: timeoutMs / 1000 }),
  };
  const made = (await client.send(new CreateFunction(request))) as FunctionConfigurationResponse;
  if (reservedConcurrency !== undefined) {
    const concurrency = { FunctionName: name, ReservedConcurrentExecutions: reservedConcurrency };
    await client.send(new PutFunctionConcurrency(concurrency));
  }
  client.destroy();
  return made.FunctionArn;
}

class CreateFunction extends Command {
  static override readonly operation = 'CreateFunction';
}
class PutFunctionConcurrency extends Command {
  static override readonly operation = 'PutFunctionConcurrency';
}

async function run(
  world: ScriptWorld,
  { handler }: FunctionOptions,
  { event, functionName, requestId, deadline }: RunInvocationRequest,
): Promise<RunInvocationResponse> {
  const context: HandlerContext = {
    functionName,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => toMs(deadline - world.now),
  };
  try {
    const returned: unknown = await handler(eventOf(world, event), context);
    // as it is after it has travelled
    return { type: 'RunInvocationResponse', returned: plain(returned) };
  } catch (error) {
    const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
    return { type: 'RunInvocationResponse', threw: { errorType: name, errorMessage: message } };
  }
}

function plain(value: unknown): Json {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as Json);
}
