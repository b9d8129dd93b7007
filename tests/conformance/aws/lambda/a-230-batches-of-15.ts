import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { enabled, lambdaClient, recordsOf, createNoting, describeMapping } from '../functions';

// The recording hides the window it was given; it was ten seconds.
export default defineConformance({
  id: 'A-230',
  title: 'A mapping may gather 15 messages; all arrive, each once.',
  broker: 'aws',
  compare: { created: 'D', records: 'M' },
  async run(tools) {
    const { aws, observe, sleep, until } = tools;
    const queue = await createQueue(tools);
    const { name: FunctionName, runs } = await createNoting(tools);
    const { CreateEventSourceMappingCommand } = aws.lambda;
    const mapping = await lambdaClient(tools).send(
      new CreateEventSourceMappingCommand({
        ...{ FunctionName, EventSourceArn: await queue.arn() },
        ...{ MaximumBatchingWindowInSeconds: 10, BatchSize: 15 },
      }),
    );
    observe('created', describeMapping(mapping));
    await enabled(tools, mapping.UUID!);
    const entries = (count: number, batch: number) =>
      Array.from({ length: count }, (_, index) => ({
        Id: `${index}-${batch}`,
        MessageBody: `${index}-${batch}-message-${index}`,
      }));
    await queue.sendBatch(entries(10, 0));
    await queue.sendBatch(entries(5, 1));
    await until(() => runs.flat().length >= 15, 120_000);
    await sleep(5000);
    observe('records', recordsOf(runs.flat()));
  },
});
