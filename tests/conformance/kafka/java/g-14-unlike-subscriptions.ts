import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-14',
  title:
    'KIP-848: members with different subscriptions have only what they subscribe to, as evenly as that goes',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const both = await createTopic(tools, 2);
    const one = await createTopic(tools, 4);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [both, one]);
    const b = await startMember(tools, 'b', group, [both]);
    let seen: (readonly string[])[] = [];
    await until(async () => {
      seen = [await a.consumer.assignment(), await b.consumer.assignment()];
      return seen[0].length === 4 && seen[1].length === 2;
    }, 60_000);
    observe('assignments', seen);
  },
});
