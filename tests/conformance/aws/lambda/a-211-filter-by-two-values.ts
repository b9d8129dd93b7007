import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { lambdaClient, recordsOf, createNoting, describeMapping } from '../functions';

export default defineConformance({
  id: 'A-211',
  title:
    'A filter for one of two values: the function gets what passes, and what does not is gone from the queue.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe, sleep, until } = tools;
    const queue = await createQueue(tools);
    const { name: FunctionName, runs } = await createNoting(tools);
    await queue.send(JSON.stringify({ 'my-key': 'my-value-two' }));
    await queue.send('{"my-key": "other-value"}');
    const Pattern = JSON.stringify({ body: { 'my-key': ['my-value-one', 'my-value-two'] } });
    const { CreateEventSourceMappingCommand } = aws.lambda;
    const mapping = await lambdaClient(tools).send(
      new CreateEventSourceMappingCommand({
        ...{ FunctionName, EventSourceArn: await queue.arn() },
        ...{ MaximumBatchingWindowInSeconds: 1, FilterCriteria: { Filters: [{ Pattern }] } },
      }),
    );
    observe('created', describeMapping(mapping));
    await until(() => runs.length > 0, 120_000);
    await sleep(5000);
    observe('runs', runs.map(recordsOf));
    observe('left', await queue.counts());
  },
});
