import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

// The recording shows which of the four events arrived: the one of several records, and the one of an object that was created.
export default defineConformance({
  id: 'A-156',
  title:
    'A filter looks into lists of objects, and lists in lists: the keys need not pass in the same object.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const policy = {
      Records: { s3: { object: { key: [{ prefix: 'auto-' }] } }, eventName: [{ prefix: 'ObjectCreated:' }] },
    };
    await subscribe(topic, queue, {
      ...{
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: JSON.stringify(policy),
        RawMessageDelivery: 'true',
      },
    });
    const record = (eventName: string, object: unknown) => ({
      eventSource: 'aws:s3',
      eventName,
      s3: { object },
    });
    const [auto, home] = ['auto-insurance-2314.xml', 'home-insurance-2314.xml'].map((key) => ({
      key,
      size: 17,
    }));
    const events = {
      several: [record('ObjectCreated:Put', [[auto]]), record('ObjectRemoved:Delete', home)],
      removed: [record('ObjectRemoved:Delete', auto)],
      home: [record('ObjectCreated:Put', home)],
      created: [record('ObjectCreated:Put', auto)],
    };
    for (const [event, Records] of Object.entries(events))
      await topic.publish(JSON.stringify({ event, Records }));
    observe(
      'received',
      bodiesOf(await takeAll(queue, 4)).map((body) => (JSON.parse(body) as { event: string }).event),
    );
  },
});
