import { defineConformance } from '../define';
import { drained, openConfirming, publish, ready, send } from './steps';

export default defineConformance({
  id: 'Q-98',
  title: 'With most of its nodes gone a quorum queue answers nobody; with one back it goes on where it was.',
  broker: 'rabbitmq',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools, 'client', { node: 1 });
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    observe('with three', await send(channel, queue, ['1']));
    await fault.crash(2);
    observe('with two', await send(channel, queue, ['2']));
    await fault.crash(3);
    const answers: string[] = [];
    const sent = publish(channel, '', queue, '3').then((answer) => answers.push(answer));
    await sleep(3000);
    observe('with one', [...answers]);
    await fault.start(2);
    await sent;
    observe('with two again', answers);
    await until(async () => (await ready(channel, queue)) === 3);
    observe('queue', await drained(channel, queue));
    await fault.start(3);
  },
});
