import { describe, expect, test } from 'vitest';
import { Observations, plain } from './normalise';

const NOW = 1_800_000_000_000;
const MEMBER = 'client-0b1c2d3e-0000-4000-8000-0123456789ab';
const OTHER = 'client-ffffffff-0000-4000-8000-0123456789ab';
const vocabulary = {
  names: new Map([
    ['orders-x7k2', 'orders'],
    ['orders-x7k2-dead', 'dead'],
    ['127.0.0.1:40001', 'node-1'],
  ]),
  clock: { from: NOW, to: NOW + 1000 },
};

function normalised(...observed: [string, unknown][]) {
  const observations = new Observations();
  for (const [name, value] of observed) observations.observe(name, value);
  return observations.normalised(vocabulary);
}

describe('normalised', () => {
  test('one value under a name stands for itself, several are a list', () => {
    expect(normalised(['a', 1], ['b', 2], ['a', [3]])).toEqual({ a: [1, [3]], b: 2 });
  });

  test('names are their base, in values, in keys and in the middle of a text; the longer name first', () => {
    const error = new Error('no leader for orders-x7k2 at 127.0.0.1:40001');
    expect(normalised(['a', { 'orders-x7k2': 'orders-x7k2-dead', error }])).toEqual({
      a: { orders: 'dead', error: { name: 'Error', message: 'no leader for orders at node-1' } },
    });
  });

  test('names that RabbitMQ makes are numbered by kind, whole and in the middle of a text, long and short', () => {
    const queue = 'amq.gen-oFsZqjbqQz6oaPqjOV1LtA';
    const tag = 'amq.ctag-1';
    const reply = 'amq.rabbitmq.reply-to.g1h2AA5yZXBseUA5NTI.s-_8==';
    expect(
      normalised(['a', { queue, tag }], ['b', [reply, `no queue '${queue}' for ${tag}, ${tag}2`]]),
    ).toEqual({
      a: { queue: 'amq.gen-1', tag: 'amq.ctag-1' },
      b: ['amq.rabbitmq.reply-to-1', `no queue 'amq.gen-1' for amq.ctag-1, amq.ctag-2`],
    });
  });

  test('ids of members are numbered as they are first seen, over all observations', () => {
    expect(normalised(['a', { memberId: OTHER }], ['b', [MEMBER, `${OTHER} left`]])).toEqual({
      a: { memberId: 'member-1' },
      b: ['member-2', 'member-1 left'],
    });
  });

  test('a short id is one in its own field only', () => {
    expect(normalised(['a', { producerId: '7', offset: '7', count: 7 }])).toEqual({
      a: { producerId: 'producer-1', offset: '7', count: 7 },
    });
    expect(normalised(['a', { producerId: '-1' }])).toEqual({ a: { producerId: '-1' } });
  });

  test('times of the run are numbered, others stay', () => {
    expect(normalised(['a', [String(NOW + 5), NOW + 5, NOW + 6, '1000', String(NOW - 1)]])).toEqual({
      a: ['time-1', 'time-1', 'time-2', '1000', String(NOW - 1)],
    });
  });

  test('a value is kept as it was when it was observed', () => {
    const observations = new Observations();
    const list = [1];
    observations.observe('a', list);
    list.push(2);
    expect(observations.normalised(vocabulary)).toEqual({ a: [1] });
  });
});

describe('plain', () => {
  test('bytes are text, fields are sorted, what is undefined is left out', () => {
    expect(JSON.stringify(plain({ b: Buffer.from('x'), a: undefined, Z: 1n, A: [undefined] }))).toBe(
      '{"A":[null],"Z":"1","b":"x"}',
    );
  });

  test('an error is what a program can tell it by', () => {
    const error = Object.assign(new Error('gone'), { code: 3, retriable: true, type: 'GONE', broker: 'x' });
    expect(plain(error)).toEqual({ code: 3, message: 'gone', name: 'Error', retriable: true, type: 'GONE' });
  });

  test('what JSON cannot say is refused', () => {
    expect(() => plain(Number.NaN)).toThrow('cannot be observed');
    expect(() => plain([() => 1])).toThrow('cannot be observed');
  });
});
