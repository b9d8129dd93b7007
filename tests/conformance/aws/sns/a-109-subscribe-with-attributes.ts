import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic, subscribe, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-109',
  title:
    'Attributes given when subscribing are checked and kept; an empty filter policy is none, and a boolean may be written in any letters.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const attributes = { FilterPolicyScope: 'MessageBody', FilterPolicy: '' };
    const wrong = subscribe(topic, queue, { ...attributes, RawMessageDelivery: 'wrongvalue' });
    observe('wrong', await errorOf(wrong));
    const arn = await subscribe(topic, queue, { ...attributes, RawMessageDelivery: 'TrUe' });
    observe('attributes', await attributesOfSubscription(topic, arn));
    const other = `${arn.slice(0, -8)}00000000`;
    observe('unknown', await errorOf(attributesOfSubscription(topic, other)));
  },
});
