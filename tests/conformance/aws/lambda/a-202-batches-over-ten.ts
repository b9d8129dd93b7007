import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { enabled, lambdaClient, createNoting, describeMapping } from '../functions';

export default defineConformance({
  id: 'A-202',
  title: 'Batches of more than ten need a window to be gathered in, at creation and later.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const { name: FunctionName } = await createNoting(tools);
    const { CreateEventSourceMappingCommand, UpdateEventSourceMappingCommand } = aws.lambda;
    const client = lambdaClient(tools);
    const create = (EventSourceArn: string, rest = {}) =>
      client.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn, ...rest }));
    const mapping = await create(await queue.arn());
    observe('created', describeMapping(mapping));
    await enabled(tools, mapping.UUID!);
    const update = new UpdateEventSourceMappingCommand({ UUID: mapping.UUID, FunctionName, BatchSize: 11 });
    observe('update', await errorOf(client.send(update)));
    const other = await createQueue(tools);
    observe('create', await errorOf(create(await other.arn(), { BatchSize: 11 })));
  },
});
