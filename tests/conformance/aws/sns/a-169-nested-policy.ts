import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic, subscribe, setSubscription, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-169',
  title: 'A nested filter is for bodies: it is refused as long as the scope is attributes.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const arn = await subscribe(topic, await createQueue(tools));
    const policy = '{"object": {"key": [{"prefix": "auto-"}]}}';
    observe('ofAttributes', await errorOf(setSubscription(topic, arn, 'FilterPolicy', policy)));
    await setSubscription(topic, arn, 'FilterPolicyScope', 'MessageBody');
    await setSubscription(topic, arn, 'FilterPolicy', policy);
    observe('attributes', await attributesOfSubscription(topic, arn));
  },
});
