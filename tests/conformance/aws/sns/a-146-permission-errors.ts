import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-146',
  title: 'A label of a permission stands once, its topic exists, and its action is SNS’s own.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const { AddPermissionCommand } = topic.sns;
    const add = (Label: string, action: string, TopicArn = topic.arn) =>
      errorOf(
        topic.client.send(
          new AddPermissionCommand({ TopicArn, Label, AWSAccountId: ['000000000000'], ActionName: [action] }),
        ),
      );
    observe('first', await add('test', 'Publish'));
    observe('sameLabel', await add('test', 'AddPermission'));
    observe('noTopic', await add('test-2', 'AddPermission', `${topic.arn}-not-existing`));
    observe('noAction', await add('test-2', 'InvalidAction'));
  },
});
