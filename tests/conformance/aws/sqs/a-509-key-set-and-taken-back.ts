import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-509',
  title: 'A key of one’s own switches SQS’s encryption off; taken back, neither is there.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const seen = async () => {
      const all = (await queue.attributes('All'))!;
      return {
        KmsMasterKeyId: all.KmsMasterKeyId ?? null,
        KmsDataKeyReusePeriodSeconds: all.KmsDataKeyReusePeriodSeconds ?? null,
        SqsManagedSseEnabled: all.SqsManagedSseEnabled ?? null,
      };
    };
    observe('first', await seen());
    await queue.set({ KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000' });
    observe('set', await seen());
    await queue.set({ KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' });
    observe('takenBack', await seen());
  },
});
