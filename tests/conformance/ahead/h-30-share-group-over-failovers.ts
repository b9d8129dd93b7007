import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from '../kafka/replicas';
export default defineConformance({
  id: 'H-30',
  title: 'A share group outlives its leaders and its coordinator; what was acknowledged does not come again.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, java, name, fault, observe, until, sleep }) {
    const topic = name('orders');
    const group = name('packers');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]], { 'min.insync.replicas': '2' });
    const javaAdmin = await java.admin('admin');
    await javaAdmin.setGroupConfig(group, { 'share.auto.offset.reset': 'earliest' });
    const producer = await java.producer('writer');
    const consumer = await java.shareConsumer('packer', { 'group.id': group });
    await consumer.subscribe([topic]);
    const taken: string[] = [];
    let n = 0;
    const round = async (what: string) => {
      await producer.send({ topic, value: what });
      n++;
      await until(async () => {
        for (const { value } of await consumer.poll(500)) taken.push(value!);
        return new Set(taken).size === n;
      }, 120_000);
      await until(async () => Object.values(await consumer.commitSync()).every((e) => e === null), 60_000);
    };
    await round('at first');
    for (const node of [1, 2, 3]) {
      await fault.crash(node);
      await round(`without ${node}`);
      await fault.start(node);
      await until(async () => (await inSyncOf(admin, topic)).every((isr) => isr.length === 3), 60_000);
    }
    await consumer.close();
    observe('taken', [...new Set(taken)]);
    const next = await java.shareConsumer('next', { 'group.id': group });
    await next.subscribe([topic]);
    const again: string[] = [];
    for (let i = 0; i < 10; i++) {
      for (const { value } of await next.poll(300)) again.push(value!);
      await sleep(100);
    }
    observe('again', again);
    await next.close();
    await producer.close();
    await javaAdmin.close();
  },
});
