import { defineConformance } from '../define';
import { startMember, whenShared } from './members';
import { createTopic } from './steps';

export default defineConformance({
  id: 'L-34',
  title: 'Who leaves hands over at once: the other has all within its next heartbeats.',
  broker: 'kafka',
  compare: { 'the one that stayed': 'D', ms: { code: 'T', min: 0, max: 3000 } },
  async run({ kafka, name, now, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    await createTopic(kafka, topic, 4);
    const members = [await startMember(kafka, topic, groupId), await startMember(kafka, topic, groupId)];
    await until(() => whenShared(members, 4));
    const [leaver, stayer] = members;
    await leaver.consumer.disconnect();
    const left = now();
    await until(() => stayer.assigned().length === 4);
    observe('ms', now() - left);
    observe('the one that stayed', stayer.assigned());
  },
});
