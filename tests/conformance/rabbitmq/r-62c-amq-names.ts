import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { refusalOf } from './steps';

export default defineConformance({
  id: 'R-62c',
  title: "Names that begin with amq. are the broker's.",
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const calls: [string, (channel: Channel) => PromiseLike<unknown>][] = [
      ['declare a queue', (own) => own.assertQueue('amq.mine')],
      ['declare an exchange', (own) => own.assertExchange('amq.mine', 'fanout')],
      ['declare one that is there', (own) => own.assertExchange('amq.topic', 'topic')],
      ['delete', (own) => own.deleteExchange('amq.topic')],
      ['bind to the default exchange', (own) => own.bindQueue('amq.mine', '', 'key')],
      ['declare the default exchange', (own) => own.assertExchange('', 'direct')],
      ['delete the default exchange', (own) => own.deleteExchange('')],
    ];
    for (const [what, call] of calls) observe(what, await refusalOf(tools, call));
  },
});
