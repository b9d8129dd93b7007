import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-067',
  title: 'Permissions become a policy by labels: a label stands once, and is taken away once.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const { AddPermissionCommand, RemovePermissionCommand } = aws.sqs;
    const QueueUrl = queue.url;
    const add = (Label: string) =>
      queue.client.send(
        new AddPermissionCommand({
          QueueUrl,
          Label,
          AWSAccountIds: ['000000000000'],
          Actions: ['ReceiveMessage'],
        }),
      );
    const remove = (Label: string) => queue.client.send(new RemovePermissionCommand({ QueueUrl, Label }));
    const statements = async () => {
      const policy = (await queue.attributes('Policy'))?.Policy;
      if (policy === undefined) return null;
      const { Version, Statement } = JSON.parse(policy) as {
        Version: string;
        Statement: Record<string, unknown>[];
      };
      return { Version, Statement: Statement.map(({ Sid, Effect, Action }) => ({ Sid, Effect, Action })) };
    };
    await add('crossaccountpermission');
    observe('one', await statements());
    observe('sameLabel', await errorOf(add('crossaccountpermission')));
    await add('crossaccountpermission2');
    observe('two', await statements());
    await remove('crossaccountpermission');
    observe('second', await statements());
    await remove('crossaccountpermission2');
    observe('none', await statements());
    observe('noLabel', await errorOf(remove('crossaccountpermission2')));
  },
});
