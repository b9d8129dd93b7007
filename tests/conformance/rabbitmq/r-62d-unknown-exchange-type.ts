import { defineConformance } from '../define';
import { refusalOf } from './steps';

export default defineConformance({
  id: 'R-62d',
  title: 'A type of exchange that does not exist closes the connection.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    observe('answer', await refusalOf(tools, (own) => own.assertExchange(name('events'), 'nope')));
  },
});
