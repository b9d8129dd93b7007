import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';
import { enabled, lambdaClient, createNoting, describeMapping } from '../functions';

// The recording shows the states of the mapping; the test, validated on AWS, asserts that one environment did all.
export default defineConformance({
  id: 'A-245',
  title:
    'Messages of one group are handled one after the other; a mapping can be made disabled and enabled later.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe, sleep } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '60',
    });
    let running = 0;
    let atOnce = 0;
    const { name: FunctionName, runs } = await createNoting(
      tools,
      async () => {
        atOnce = Math.max(atOnce, ++running);
        await sleep(5000);
        running--;
      },
      { timeoutMs: 10_000 },
    );
    const { CreateEventSourceMappingCommand, UpdateEventSourceMappingCommand, GetEventSourceMappingCommand } =
      aws.lambda;
    const client = lambdaClient(tools);
    const mapping = await client.send(
      new CreateEventSourceMappingCommand({
        FunctionName,
        EventSourceArn: await queue.arn(),
        Enabled: false,
        BatchSize: 1,
      }),
    );
    observe('disabled', describeMapping(mapping));
    for (let number = 0; number < 5; number++)
      await queue.send(`message-${number}`, { MessageGroupId: 'fixed-message-group' });
    const { UUID } = mapping;
    observe(
      'enabling',
      describeMapping(await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))),
    );
    await enabled(tools, UUID!);
    observe('enabled', describeMapping(await client.send(new GetEventSourceMappingCommand({ UUID }))));
    await sleep(60_000);
    observe(
      'order',
      runs.flat().map(({ body }) => body),
    );
    observe('atOnce', atOnce);
  },
});
