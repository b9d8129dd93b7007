import { defineConformance } from '../../define';
import { createQueue, createFifoQueue, errorOf } from '../steps';
import {
  createTopic,
  createFifoTopic,
  subscribe,
  setSubscription,
  attributesOfSubscription,
} from '../topics';

export default defineConformance({
  id: 'A-138',
  title: 'What goes with FIFO topics and queues, and what does not.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const fifo = await createFifoTopic(tools);
    const queue = await createQueue(tools);
    const fifoQueue = await createFifoQueue(tools);
    const dead = await createQueue(tools, {}, 'dead');
    observe('fifoQueueOnStandardTopic', await errorOf(subscribe(topic, fifoQueue)));
    const standard = await subscribe(fifo, queue);
    observe('standardQueueOnFifoTopic', await attributesOfSubscription(fifo, standard));
    const policy = JSON.stringify({ deadLetterTargetArn: await dead.arn() });
    observe('standardDeadLetters', await errorOf(setSubscription(fifo, standard, 'RedrivePolicy', policy)));
    const subscription = await subscribe(fifo, fifoQueue);
    observe(
      'ofAFifoSubscription',
      await errorOf(setSubscription(fifo, subscription, 'RedrivePolicy', policy)),
    );
    observe('noGroup', await errorOf(fifo.publish('test')));
    observe('noId', await errorOf(fifo.publish('test', { MessageGroupId: 'group' })));
    observe('idOnStandardTopic', await errorOf(topic.publish('test', { MessageDeduplicationId: 'id' })));
  },
});
