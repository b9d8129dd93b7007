import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, text } from '../steps';

export default defineConformance({
  id: 'A-047',
  title:
    'In the dead-letter queue a message has its id, its attributes and its trace, is counted on, and says where it came from.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1);
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    await queue.send('message-1', {
      MessageAttributes: { MyAttribute: text('foobar') },
      MessageSystemAttributes: { AWSTraceHeader: text(trace) },
    });
    await queue.send('message-2');
    const all = { AttributeNames: ['All'], MessageAttributeNames: ['All'] } satisfies object;
    const seen = (messages: Awaited<ReturnType<typeof queue.receive>>) =>
      messages
        .sort((a, b) => a.Body!.localeCompare(b.Body!))
        .map(({ Body, MessageId, Attributes, MessageAttributes, MD5OfMessageAttributes }) => ({
          ...{ body: Body, MessageId, count: Number(Attributes!.ApproximateReceiveCount) },
          trace: Attributes!.AWSTraceHeader ?? null,
          source: Attributes!.DeadLetterQueueSourceArn ?? null,
          attributes: MessageAttributes ?? null,
          digest: MD5OfMessageAttributes ?? null,
        }));
    const before = [];
    // each is received once, and asked for again
    for (let receives = 0; before.length < 2 || (await dead.counts()).visible < 2; receives++) {
      if (receives > 60) break;
      before.push(...(await queue.receive({ ...all, VisibilityTimeout: 0 } as object)));
    }
    observe('before', seen(before));
    observe('dead', seen(await dead.collect(2, all as object)));
  },
});
