/** Mistakes that simulators of RabbitMQ make, each built in on purpose: see planted.ts. */
import type { Planted } from './planted';

export const plantedInRabbitmq: readonly Planted[] = [
  {
    rule: 'F-19',
    says: '“*” matches zero words.',
    file: 'brokers/rabbitmq/topic.ts',
    replace: 'if (word >= words.length ||',
    by: "if (wanted === '*' && matches(pattern, at + 1, words, word)) return true;\n    if (word >= words.length ||",
    caught: 'R-01',
  },
  {
    rule: 'F-19',
    says: '“#” at the end needs a word.',
    file: 'brokers/rabbitmq/topic.ts',
    replace: 'if (at === pattern.length - 1) return true;',
    by: 'if (at === pattern.length - 1) return word < words.length;',
    caught: 'R-01',
  },
  {
    rule: 'F-19',
    says: '“#” before other words needs one.',
    file: 'brokers/rabbitmq/topic.ts',
    replace: 'for (let rest = word; rest',
    by: 'for (let rest = word + 1; rest',
    caught: 'R-01',
  },
  {
    rule: 'F-19',
    says: 'Empty words do not count.',
    file: 'brokers/rabbitmq/topic.ts',
    replace: "key.split('.')",
    by: "key.split('.').filter((word) => word !== '')",
    caught: 'R-01',
  },
  {
    rule: 'F-19',
    says: 'The empty key is one word, and that is empty.',
    file: 'brokers/rabbitmq/topic.ts',
    replace: "key === '' ? noWords : key.split('.')",
    by: "key.split('.')",
    caught: 'R-02',
  },
  {
    rule: 'F-20',
    says: 'What cannot be routed is refused.',
    file: 'brokers/rabbitmq/publish.ts',
    replace: 'if (seq >= 0) channel.confirmed.push(seq);',
    by: "if (seq >= 0) say(channel, { type: 'BasicNack', channel: channel.ref.channel, deliveryTag: seq, multiple: false, requeue: false }, context);",
    caught: 'R-16',
  },
  {
    rule: 'F-20',
    says: 'What comes back is not confirmed as well.',
    file: 'brokers/rabbitmq/publish.ts',
    replace: 'if (seq >= 0) channel.confirmed.push(seq);',
    by: 'if (seq >= 0 && !mandatory) channel.confirmed.push(seq);',
    caught: 'Q-30',
  },
  {
    rule: 'F-20',
    says: 'Whatever cannot be routed comes back.',
    file: 'brokers/rabbitmq/publish.ts',
    replace: 'if (mandatory) {',
    by: 'if (true) {',
    caught: 'Q-30',
  },
  {
    rule: 'F-20',
    says: 'The confirm comes before the message that comes back.',
    file: 'brokers/rabbitmq/publish.ts',
    replace:
      'giveBack(channel, publication, subject, port);\n    }\n    if (seq >= 0) channel.confirmed.push(seq);\n    return;',
    by: "if (seq >= 0) say(channel, { type: 'BasicAck', channel: channel.ref.channel, deliveryTag: seq, multiple: false }, context);\n      giveBack(channel, publication, subject, port);\n    } else if (seq >= 0) channel.confirmed.push(seq);\n    return;",
    caught: 'Q-30',
  },
];
