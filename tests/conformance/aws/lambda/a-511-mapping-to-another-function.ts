import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { enabled, lambdaClient, createNoting, describeMapping } from '../functions';

// The recording has two versions of one function where this has two functions.
export default defineConformance({
  id: 'A-511',
  title:
    'A mapping that is updated to another function goes through a state of its own; then only the new one is called.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe, sleep, until } = tools;
    const queue = await createQueue(tools);
    const first = await createNoting(tools);
    const second = await createNoting(tools);
    const { CreateEventSourceMappingCommand, UpdateEventSourceMappingCommand, GetEventSourceMappingCommand } =
      aws.lambda;
    const client = lambdaClient(tools);
    const EventSourceArn = await queue.arn();
    const mapping = await client.send(
      new CreateEventSourceMappingCommand({
        FunctionName: first.name,
        EventSourceArn,
        MaximumBatchingWindowInSeconds: 1,
      }),
    );
    observe('created', describeMapping(mapping));
    const { UUID } = mapping;
    await enabled(tools, UUID!);
    await queue.send('one');
    await until(() => first.runs.length === 1);
    const updated = await client.send(
      new UpdateEventSourceMappingCommand({ UUID, FunctionName: second.name }),
    );
    observe('updated', describeMapping(updated));
    await enabled(tools, UUID!);
    await sleep(10_000);
    observe('after', describeMapping(await client.send(new GetEventSourceMappingCommand({ UUID }))));
    await queue.send('two');
    await until(() => second.runs.length === 1);
    observe(
      'first',
      first.runs.flat().map(({ body }) => body),
    );
    observe(
      'second',
      second.runs.flat().map(({ body }) => body),
    );
    observe('left', await queue.counts());
  },
});
