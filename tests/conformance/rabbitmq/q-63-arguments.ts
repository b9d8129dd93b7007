import { defineConformance } from '../define';
import { refusalOf } from './steps';

export default defineConformance({
  id: 'Q-63',
  title: 'Arguments that a queue does not take.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const tried: [string, Record<string, unknown>][] = [
      ['x-message-ttl', { 'x-message-ttl': -1 }],
      ['x-message-ttl', { 'x-message-ttl': 'soon' }],
      ['x-expires', { 'x-expires': 0 }],
      ['x-max-length', { 'x-max-length': -1 }],
      ['x-max-length', { 'x-max-length': 'long' }],
      ['x-max-length-bytes', { 'x-max-length-bytes': 1.5 }],
      ['x-max-priority', { 'x-max-priority': 256 }],
      ['x-max-priority', { 'x-max-priority': -1 }],
      ['x-overflow', { 'x-overflow': 'nope' }],
      ['x-dead-letter-exchange', { 'x-dead-letter-exchange': 1 }],
      ['x-dead-letter-routing-key', { 'x-dead-letter-routing-key': 'key' }],
      ['x-single-active-consumer', { 'x-single-active-consumer': 'yes' }],
      ['x-queue-mode', { 'x-queue-mode': 'nope' }],
      ['x-queue-mode', { 'x-queue-mode': 'lazy' }],
      ['x-nobody-knows', { 'x-nobody-knows': 1 }],
      ['x-delivery-limit', { 'x-delivery-limit': 2 }],
      ['x-max-age', { 'x-max-age': '1h' }],
    ];
    for (const [argument, args] of tried) {
      const { answer } = await refusalOf(tools, (own) =>
        own.assertQueue(name('orders'), { arguments: args }),
      );
      observe(argument, [JSON.stringify(args), answer]);
    }
  },
});
