import { defineConformance } from '../../define';
import { createQueue } from '../steps';

// The recording holds no answers: these are what the test, validated on AWS, asserts.
export default defineConformance({
  id: 'A-043',
  title: 'An empty redrive policy is none, and takes away the one that was there.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const hasPolicy = async () => 'RedrivePolicy' in (await queue.attributes('All'))!;
    await queue.set({ RedrivePolicy: '' });
    observe('never', await hasPolicy());
    const dead = await createQueue(tools, {}, 'dead');
    await queue.set({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: await dead.arn(), maxReceiveCount: '42' }),
    });
    observe('set', (await queue.attributes('RedrivePolicy'))!.RedrivePolicy.includes(await dead.arn()));
    await queue.set({ RedrivePolicy: '' });
    observe('takenAway', await hasPolicy());
  },
});
