import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { lambdaClient, recordsOf, createNoting, describeMapping } from '../functions';

export default defineConformance({
  id: 'A-214',
  title:
    'A filter for a number in a range: the function gets what passes, and what does not is gone from the queue.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe, sleep, until } = tools;
    const queue = await createQueue(tools);
    const { name: FunctionName, runs } = await createNoting(tools);
    await queue.send(JSON.stringify({ 'my-number': 100 }));
    await queue.send('{"my-number": 200}');
    const Pattern = JSON.stringify({ body: { 'my-number': [{ numeric: ['>=', 100, '<', 200] }] } });
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
