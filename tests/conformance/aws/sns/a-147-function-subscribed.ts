import { defineConformance } from '../../define';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-147',
  title:
    'A function that is subscribed gets a record with the message, its subject and the fields of an envelope in Lambda’s letters.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, name, observe, until } = tools;
    const topic = await createTopic(tools);
    const notifications: Record<string, unknown>[] = [];
    const Endpoint = await aws.createFunction({
      name: name('echo'),
      handler: (event: { Records: { Sns: Record<string, unknown> }[] }) => {
        notifications.push(event.Records[0].Sns);
      },
    });
    const { SubscribeCommand } = topic.sns;
    await topic.client.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'lambda', Endpoint }));
    await topic.publish('Hello world.', { Subject: '[Subject] Test subject' });
    await until(() => notifications.length > 0);
    const [notification] = notifications;
    const { Message, Subject, MessageAttributes, Type, SignatureVersion } = notification;
    observe('fields', Object.keys(notification).sort());
    observe('said', { Message, Subject, MessageAttributes, Type, SignatureVersion });
  },
});
