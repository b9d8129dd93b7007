import { describe, expect, test } from 'vitest';
import { part } from '../../../src/clients/kafka/producer';
import { producerInConversation, type Conversation } from './conversation';

type Talk = ReturnType<typeof producerInConversation>;

/** A producer that knows topic t and has been asked to publish messages with these keys. */
function publishing(keys: readonly (string | null)[], options = {}, partitions = 3, place = {}): Talk {
  return publish(producerInConversation(options), keys, place).metadata({ t: partitions });
}

function publish(talk: Talk, keys: readonly (string | null)[], place = {}): Talk {
  const messages = keys.map((key, index) => talk.compose(`OC0${index + 1}`, key));
  return talk.hand({ type: 'Publish', ticket: 7, replyTo: 'shop', place: 't', messages, ...place });
}

/** Labels by partition, as the last request carries them. */
function batches(talk: Talk): Record<number, string[]> {
  const [{ partitionData }] = talk.asked('ProduceRequest').topicData;
  return Object.fromEntries(
    partitionData.map(({ index, records }) => [
      index,
      records.records.map(({ message }) => talk.bodies.get(message).label),
    ]),
  );
}

function accept(talk: Talk, baseOffsets: Readonly<Record<number, number>>, errorCode = 'NONE'): Talk {
  return talk.answer('ProduceResponse', {
    responses: [
      {
        name: 't',
        partitionResponses: Object.entries(baseOffsets).map(([index, baseOffset]) => ({
          index: Number(index),
          errorCode,
          baseOffset,
          logAppendTimeMs: -1,
          logStartOffset: 0,
          firstFact: 40,
        })),
      },
    ],
  });
}

const kinds = ({ facts }: Conversation<unknown>) => facts.map(({ kind }) => kind);

describe('publishing', () => {
  test('asks for metadata on first use and not again', () => {
    const talk = publishing(['mug']);
    expect(talk.requests.map(({ type }) => type)).toEqual(['MetadataRequest', 'ProduceRequest']);
    publish(talk, ['mug']);
    expect(talk.count('MetadataRequest')).toBe(1);
  });

  test('asks for metadata again when it is older than metadataMaxAge', () => {
    const talk = accept(publishing(['user-1']), { 2: 0 }).wait(300_001);
    publish(talk, ['user-1']);
    expect(talk.count('MetadataRequest')).toBe(2);
  });

  test('publishes every message once, before anything is sent', () => {
    expect(publishing(['user-1', 'abc']).facts).toEqual([
      { kind: 'published', type: 'RecordPublished', subject: 'kafka/t', message: 0 },
      { kind: 'published', type: 'RecordPublished', subject: 'kafka/t', message: 1 },
    ]);
  });

  test('makes one request of one batch per partition, in the order of the call', () => {
    const talk = publishing(['user-1', 'order-42', 'user-2', 'abc']);
    expect(talk.count('ProduceRequest')).toBe(1);
    expect(batches(talk)).toEqual({ 0: ['OC02', 'OC04'], 2: ['OC01', 'OC03'] });
  });

  test('each record names the fact that published it', () => {
    const [{ partitionData }] = publishing(['user-1', 'user-2']).asked('ProduceRequest').topicData;
    expect(partitionData[0].records.records.map(({ cause }) => cause)).toEqual([100, 101]);
  });

  test('K-04: the caller’s partition wins over the key', () => {
    expect(batches(publishing(['user-1'], {}, 3, { partition: 0 }))).toEqual({ 0: ['OC01'] });
  });

  test('K-05: what goes to a partition that does not exist is dropped without a word', () => {
    const talk = publishing(['user-1'], {}, 3, { partition: 9 });
    expect(talk.count('ProduceRequest')).toBe(0);
    expect(talk.lastTold).toEqual({ type: 'Published', ticket: 7 });
  });
});

describe('acknowledgement', () => {
  test('K-07: tells the service, and where each record lies', () => {
    const talk = accept(publishing(['user-1', 'user-2', 'order-42']), { 0: 5, 2: 8 });
    expect(talk.lastTold).toEqual({ type: 'Published', ticket: 7 });
    expect(talk.facts.slice(3)).toEqual([
      {
        kind: 'confirmed',
        type: 'ProduceAcknowledged',
        subject: 'kafka/t/0',
        message: 2,
        position: 5,
        cause: 40,
      },
      {
        kind: 'confirmed',
        type: 'ProduceAcknowledged',
        subject: 'kafka/t/2',
        message: 0,
        position: 8,
        cause: 40,
      },
      {
        kind: 'confirmed',
        type: 'ProduceAcknowledged',
        subject: 'kafka/t/2',
        message: 1,
        position: 9,
        cause: 41,
      },
    ]);
  });

  test('K-08: with acks 0 the call is settled when it is sent, and nothing is confirmed', () => {
    const talk = publishing(['user-1'], { acks: 0 });
    expect(talk.asked('ProduceRequest').acks).toBe(0);
    expect(talk.lastTold).toEqual({ type: 'Published', ticket: 7 });
    expect(kinds(talk)).toEqual(['published']);
    expect(talk.timers).toEqual([]);
  });

  test('an answer that nobody waits for any more changes nothing', () => {
    const talk = accept(publishing(['user-1']), { 2: 0 });
    const facts = talk.facts.length;
    accept(talk, { 2: 0 });
    expect(talk.facts).toHaveLength(facts);
  });
});

describe('retries', () => {
  test('a lost connection: fresh metadata, a wait of about 300 ms, then the whole call again', () => {
    const talk = publishing(['user-1', 'order-42']).hangUp();
    expect(talk.count('MetadataRequest')).toBe(2);
    talk.metadata({ t: 3 });
    expect(talk.reminder('RetrySend')).toBeGreaterThanOrEqual(240);
    expect(talk.reminder('RetrySend')).toBeLessThanOrEqual(360);
    talk.wait(361);
    expect(batches(talk)).toEqual({ 0: ['OC02'], 2: ['OC01'] });
    expect(kinds(talk)).toEqual(['published', 'published']);
  });

  test('a message without a key goes to the next partition on a retry', () => {
    const talk = publishing([null]);
    const [first] = Object.keys(batches(talk)).map(Number);
    talk.hangUp().metadata({ t: 3 }).wait(400);
    expect(Object.keys(batches(talk)).map(Number)).toEqual([(first + 1) % 3]);
  });

  test('no answer within requestTimeout: the same again, without fresh metadata, on the same connection', () => {
    const talk = publishing(['user-1']).wait(30_000);
    expect(talk.facts[1]).toMatchObject({ kind: 'timedOut', type: 'ProduceTimedOut', subject: 'kafka/t' });
    talk.wait(400);
    expect(talk.count('ProduceRequest')).toBe(2);
    expect(talk.count('MetadataRequest')).toBe(1);
    expect(talk.disconnected).toEqual([]);
  });

  test('a retriable error in one partition sends the whole call again', () => {
    const talk = accept(publishing(['user-1', 'order-42']), { 0: -1, 2: 3 }, 'NOT_LEADER_OR_FOLLOWER');
    talk.metadata({ t: 3 }).wait(400);
    expect(batches(talk)).toEqual({ 0: ['OC02'], 2: ['OC01'] });
    accept(talk, { 0: 0, 2: 4 });
    expect(talk.lastTold).toEqual({ type: 'Published', ticket: 7 });
  });

  test('K-11: an error that is not retriable ends the call at once', () => {
    const talk = accept(publishing(['user-1']), { 2: -1 }, 'MESSAGE_TOO_LARGE');
    const error = 'KafkaJSProtocolError: MESSAGE_TOO_LARGE';
    expect(talk.lastTold).toEqual({ type: 'PublishFailed', ticket: 7, error });
    expect(talk.facts.slice(1)).toEqual([
      { kind: 'failed', type: 'SendFailed', subject: 'kafka/t', message: 0, detail: error, cause: 100 },
    ]);
    expect(talk.timers).toEqual([]);
  });

  test('K-17: after six attempts it gives up', () => {
    const talk = publishing(['user-1']);
    for (let failures = 0; failures < 6; failures++) {
      accept(talk, { 2: -1 }, 'REQUEST_TIMED_OUT').metadata({ t: 3 }).wait(12_000);
    }
    expect(talk.count('ProduceRequest')).toBe(6);
    expect(talk.lastTold).toMatchObject({
      type: 'PublishFailed',
      error: 'KafkaJSNumberOfRetriesExceeded: REQUEST_TIMED_OUT',
    });
  });

  test('a broker that stays away: six tries to reach it, then the calls fail', () => {
    const talk = producerInConversation();
    publish(talk, ['user-1']);
    for (let tries = 0; tries < 6; tries++) talk.hangUp().wait(12_000);
    expect(talk.count('MetadataRequest')).toBe(6);
    expect(talk.lastTold.type).toBe('PublishFailed');
  });

  test('an unknown topic is asked for again, six times in all', () => {
    const talk = producerInConversation({ allowAutoTopicCreation: false });
    publish(talk, ['user-1']);
    for (let tries = 0; tries < 6; tries++)
      talk.metadata({ t: 0 }, 'UNKNOWN_TOPIC_OR_PARTITION').wait(12_000);
    expect(talk.count('MetadataRequest')).toBe(6);
    expect(talk.lastTold.type).toBe('PublishFailed');
  });

  test('two calls that fail together share the fresh metadata', () => {
    const talk = publish(publishing(['user-1']), ['user-2']).hangUp();
    expect(talk.count('MetadataRequest')).toBe(2);
    talk.metadata({ t: 3 }).wait(400);
    expect(talk.count('ProduceRequest')).toBe(4);
  });
});

test('a crash forgets every call, and the service hears nothing of it', () => {
  const talk = publishing(['user-1']);
  part.machine.restart(talk.state);
  talk.timers = [];
  accept(talk, { 2: 0 });
  expect(talk.told).toEqual([]);
  expect(talk.state).toEqual(part.machine.init({}));
});

test('a token in flight shows what it carries, lane by lane', () => {
  const request = publishing(['user-1', 'order-42']).asked('ProduceRequest');
  expect(part.cargo!(request)).toEqual([
    { lane: 't/0', messages: [1] },
    { lane: 't/2', messages: [0] },
  ]);
});
