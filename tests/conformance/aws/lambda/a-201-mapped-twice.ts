import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { lambdaClient, createNoting, describeMapping } from '../functions';

export default defineConformance({
  id: 'A-201',
  title: 'A queue is mapped once to a function, and may be mapped to another one besides.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const { CreateEventSourceMappingCommand } = aws.lambda;
    const EventSourceArn = await queue.arn();
    const create = (FunctionName: string) =>
      lambdaClient(tools).send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }));
    const first = await createNoting(tools);
    const mapping = await create(first.name);
    observe('mapping', { UUID: mapping.UUID });
    observe('created', describeMapping(mapping));
    observe('again', await errorOf(create(first.name)));
    const second = await createNoting(tools);
    observe('anotherFunction', await errorOf(create(second.name)));
  },
});
