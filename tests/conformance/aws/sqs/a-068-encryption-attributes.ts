import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-068',
  title: 'Attributes of encryption are kept as they are set; those that are not set are not there.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const names = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'];
    const byKey = await createQueue(tools);
    await byKey.set({
      KmsMasterKeyId: 'testKeyId',
      KmsDataKeyReusePeriodSeconds: '6000',
      SqsManagedSseEnabled: 'false',
    });
    observe('byKey', await byKey.attributes(...names));
    const managed = await createQueue(tools);
    await managed.set({ SqsManagedSseEnabled: 'true' });
    observe('managed', await managed.attributes(...names));
  },
});
