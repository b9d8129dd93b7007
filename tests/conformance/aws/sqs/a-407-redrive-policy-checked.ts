import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-407',
  title: 'A redrive policy names a queue and a number.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const dead = await createQueue(tools, {}, 'dead');
    const queue = await createQueue(tools);
    const deadLetterTargetArn = await dead.arn();
    const attempt = async (policy: object) =>
      (await errorOf(queue.set({ RedrivePolicy: JSON.stringify(policy) })))?.code ?? null;
    observe('noCount', await attempt({ deadLetterTargetArn }));
    observe('noQueue', await attempt({ maxReceiveCount: '42' }));
    observe('noNumber', await attempt({ deadLetterTargetArn, maxReceiveCount: 'invalid' }));
    observe('valid', await attempt({ deadLetterTargetArn, maxReceiveCount: '42' }));
  },
});
