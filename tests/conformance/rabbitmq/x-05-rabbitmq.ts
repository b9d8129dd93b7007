import { defineConformance } from '../define';
import { drain, endOf, open, openConfirming, publish, watch } from './steps';

export default defineConformance({
  id: 'X-05-rabbitmq',
  title:
    'A relay that dies between publishing and marking publishes again: two copies of one id, and an inbox applies one.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe } = tools;
    const { channel } = await open(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const outbox = [{ id: 'order-1', sent: false }];
    const relay = async (dies: boolean): Promise<void> => {
      const own = await openConfirming(tools, 'relay');
      for (const row of outbox.filter(({ sent }) => !sent)) {
        await publish(own.channel, '', queue, 'placed', { messageId: row.id });
        if (dies) break;
        row.sent = true;
      }
      const ended = watch(own.connection);
      if (!dies) return;
      await fault.cut('relay');
      await endOf(tools, ended);
    };
    await relay(true);
    await relay(false);
    await relay(false);
    const copies: string[] = [];
    const inbox = new Set<string>();
    const applied: string[] = [];
    for (const { properties } of await drain(channel, queue)) {
      const id = properties.messageId as string;
      copies.push(id);
      if (inbox.has(id)) continue;
      inbox.add(id);
      applied.push(id);
    }
    observe('copies', copies);
    observe('applied', applied);
  },
});
