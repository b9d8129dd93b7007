import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, snsClient } from '../topics';

// The recording holds no answers: this is what the test, validated on AWS, asserts.
export default defineConformance({
  id: 'A-507',
  title: 'Subscriptions of all topics are in one list, in pages if they are many.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const expected: string[] = [];
    for (const base of ['first', 'second']) {
      const topic = await createTopic(tools, {}, base);
      for (let number = 0; number < 3; number++)
        expected.push(await subscribe(topic, await createQueue(tools)));
    }
    const client = snsClient(tools);
    const { ListSubscriptionsCommand } = aws.sns;
    const listed: string[] = [];
    let token: string | undefined;
    do {
      const { Subscriptions = [], NextToken } = await client.send(
        new ListSubscriptionsCommand(token ? { NextToken: token } : {}),
      );
      listed.push(...Subscriptions.map(({ SubscriptionArn }) => SubscriptionArn!));
      token = NextToken;
    } while (token !== undefined);
    observe(
      'allListed',
      expected.every((arn) => listed.includes(arn)),
    );
  },
});
