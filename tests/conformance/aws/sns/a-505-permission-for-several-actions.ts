import { defineConformance } from '../../define';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-505',
  title: 'A permission for several actions is a statement beside the one that a topic begins with.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const permission = {
      Label: 'test',
      AWSAccountId: ['000000000000'],
      ActionName: ['Publish', 'Subscribe'],
    };
    await topic.client.send(new topic.sns.AddPermissionCommand({ TopicArn: topic.arn, ...permission }));
    const { Version, Id, Statement } = JSON.parse((await topic.attributes()).Policy) as {
      Version: string;
      Id: string;
      Statement: Record<string, unknown>[];
    };
    observe('policy', {
      Version,
      Id,
      Statement: Statement.map(({ Sid, Effect, Action }) => ({ Sid, Effect, Action })),
    });
  },
});
