/** What many scenarios of Lambda do, made of the SDK's calls only, but for the making of functions. */
import type {
  CreateEventSourceMappingCommandInput,
  EventSourceMappingConfiguration,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import type { LambdaFunction, LambdaHandler, Tools } from '../define';
import type { Queue } from './steps';

/** A message as a function gets it. */
export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

export function lambdaClient({ aws }: Tools): LambdaClient {
  return new aws.lambda.LambdaClient();
}

/** Reads the queue for the function; resolves to the mapping's UUID when it is enabled. */
export async function mapQueue(
  tools: Tools,
  functionName: string,
  queue: Queue,
  settings: Partial<CreateEventSourceMappingCommandInput> = {},
): Promise<string> {
  const { CreateEventSourceMappingCommand } = tools.aws.lambda;
  const { UUID } = await lambdaClient(tools).send(
    new CreateEventSourceMappingCommand({
      ...{ FunctionName: functionName, EventSourceArn: await queue.arn() },
      ...settings,
    }),
  );
  await enabled(tools, UUID!);
  return UUID!;
}

export async function enabled(tools: Tools, uuid: string): Promise<void> {
  await tools.until(async () => (await stateOf(tools, uuid)) === 'Enabled', 120_000);
}

export async function stateOf(tools: Tools, UUID: string): Promise<string | undefined> {
  const { GetEventSourceMappingCommand } = tools.aws.lambda;
  return (await lambdaClient(tools).send(new GetEventSourceMappingCommand({ UUID }))).State;
}

/** A function that notes the messages it is called with, then does what `handler` does; by its name. */
export async function createNoting(
  tools: Tools,
  handler: LambdaHandler = () => undefined,
  options: Partial<LambdaFunction> = {},
): Promise<{ readonly name: string; readonly runs: (readonly SqsRecord[])[] }> {
  const runs: (readonly SqsRecord[])[] = [];
  const name = tools.name('worker');
  await tools.aws.createFunction({
    name,
    handler: (event: SqsEvent, context) => {
      runs.push(event.Records);
      return handler(event, context);
    },
    ...options,
  });
  return { name, runs };
}

/** Bodies and receive counts of one invocation's messages. */
export function recordsOf(records: readonly SqsRecord[]): { body: string; count: number }[] {
  return records.map(({ body, attributes }) => ({ body, count: Number(attributes.ApproximateReceiveCount) }));
}

/** A mapping as an answer shows it, without names and times. */
export function describeMapping({
  BatchSize,
  FunctionResponseTypes,
  MaximumBatchingWindowInSeconds,
  State,
  StateTransitionReason,
  $metadata,
}: EventSourceMappingConfiguration & {
  readonly $metadata: { readonly httpStatusCode?: number | undefined };
}): Record<string, unknown> {
  return {
    ...{ BatchSize, FunctionResponseTypes, MaximumBatchingWindowInSeconds, State, StateTransitionReason },
    status: $metadata.httpStatusCode,
  };
}
