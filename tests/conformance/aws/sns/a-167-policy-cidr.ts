import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-167',
  title: 'A range of addresses is an address of the fourth or sixth version, a slash and a number of bits.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('list', await refusedPolicy(tools, topic, { key: [{ cidr: ['bad-filter'] }] }));
    observe('noSlash', await refusedPolicy(tools, topic, { key: [{ cidr: 'bad-filter' }] }));
    observe('noAddress', await refusedPolicy(tools, topic, { key: [{ cidr: 'bad-filter/64' }] }));
    observe('noBits', await refusedPolicy(tools, topic, { key: [{ cidr: 'bad-/64filter' }] }));
    observe('four', await refusedPolicy(tools, topic, { key: [{ cidr: 'xx.11.xx/8' }] }));
    observe('six', await refusedPolicy(tools, topic, { key: [{ cidr: 'xxxx:db8:1234:1a00::/64' }] }));
  },
});
