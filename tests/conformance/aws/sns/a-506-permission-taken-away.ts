import { defineConformance } from '../../define';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-506',
  title: 'A permission that is taken away leaves the statement that a topic begins with.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const { AddPermissionCommand, RemovePermissionCommand } = topic.sns;
    const permission = { TopicArn: topic.arn, Label: 'test' };
    await topic.client.send(
      new AddPermissionCommand({ ...permission, AWSAccountId: ['000000000000'], ActionName: ['Publish'] }),
    );
    await topic.client.send(new RemovePermissionCommand(permission));
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
