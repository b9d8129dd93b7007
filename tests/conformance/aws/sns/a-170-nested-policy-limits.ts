import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic, subscribe, setSubscription, firstLineOf } from '../topics';

export default defineConformance({
  id: 'A-170',
  title: 'In a nested filter each level multiplies the combinations; only keys at the top are counted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const arn = await subscribe(topic, await createQueue(tools));
    await setSubscription(topic, arn, 'FilterPolicyScope', 'MessageBody');
    const refused = async (policy: unknown) =>
      firstLineOf(await errorOf(setSubscription(topic, arn, 'FilterPolicy', JSON.stringify(policy))));
    const [three, four] = [
      ['one', 'two', 'three'],
      ['one', 'two', 'three', 'four'],
    ];
    observe(
      'combinations',
      await refused({ key_a: { key_b: { key_c: four } }, key_d: { key_e: three }, key_f: three }),
    );
    observe(
      'keys',
      await refused(
        Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [`key_${key}`, ['value']])),
      ),
    );
    observe('noList', await refused({ key_a: 'value_one' }));
  },
});
