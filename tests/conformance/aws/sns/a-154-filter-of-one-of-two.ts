import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';
import { createTopic, subscribe, envelopeOf, setSubscription, takeAll } from '../topics';

export default defineConformance({
  id: 'A-154',
  title: 'Of two subscriptions only the one with a filter goes without what does not pass, batches included.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const all = await createQueue(tools, {}, 'all');
    const some = await createQueue(tools, {}, 'some');
    await subscribe(topic, all);
    const arn = await subscribe(topic, some);
    await setSubscription(topic, arn, 'FilterPolicy', '{"attr1": [{"numeric": [">", 0, "<=", 100]}]}');
    const arrived = async (Message: string, number: string) => {
      await topic.publishBatch([{ Id: '1', Message, MessageAttributes: { attr1: text(number, 'Number') } }]);
      const messages = async (queue: typeof all) =>
        (await takeAll(queue, 1)).map((message) => envelopeOf(message).Message);
      return { all: await messages(all), some: await messages(some) };
    };
    observe('within', await arrived('This is a test message', '99'));
    observe('beyond', await arrived('This is another test message', '111'));
  },
});
