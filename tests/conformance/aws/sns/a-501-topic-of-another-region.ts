import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-501',
  title: 'A topic of another region is no topic here, whatever is asked of it.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const TopicArn = topic.arn.replace('us-east-1', 'eu-central-1');
    const { client, sns } = topic;
    const [AttributeName, AttributeValue] = ['DisplayName', 'xenon'];
    observe(
      'set',
      await errorOf(
        client.send(new sns.SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue })),
      ),
    );
    observe('get', await errorOf(client.send(new sns.GetTopicAttributesCommand({ TopicArn }))));
    observe(
      'publish',
      await errorOf(client.send(new sns.PublishCommand({ TopicArn, Message: 'hello world' }))),
    );
    const somebody = { Protocol: 'email', Endpoint: 'somebody@example.com' };
    observe('subscription', await errorOf(client.send(new sns.SubscribeCommand({ TopicArn, ...somebody }))));
    observe('list', await errorOf(client.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn }))));
    observe('delete', await errorOf(client.send(new sns.DeleteTopicCommand({ TopicArn }))));
  },
});
