import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-19',
  title:
    'A batch that fails in part succeeds as a call: who does not look at its list of failures loses messages.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools, { MaximumMessageSize: '1024' });
    const output = await queue.sendBatch([
      { Id: 'large', MessageBody: 'a'.repeat(1025) },
      { Id: 'small', MessageBody: 'a' },
    ]);
    observe('status', output.$metadata.httpStatusCode);
    observe(
      'failed',
      (output.Failed ?? []).map(({ Id, Code, SenderFault }) => ({ Id, Code, SenderFault })),
    );
    observe(
      'successful',
      (output.Successful ?? []).map(({ Id }) => Id),
    );
    observe('arrived', bodiesOf(await queue.receive()));
  },
});
