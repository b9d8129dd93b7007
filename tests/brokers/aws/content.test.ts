import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arnOf, isoTime, resourceOf } from '../../../src/brokers/aws/protocol/common';
import { base64OfText, bytesOfBase64, utf8 } from '../../../src/brokers/aws/protocol/bytes';
import {
  md5OfAttributes,
  md5OfText,
  sha256OfText,
  sizeOfAttributes,
  textOf,
  textOfBody,
} from '../../../src/brokers/aws/protocol/content';
import { ms } from '../../../src/kernel/time';
import type { Body } from '../../../src/kernel/bodies';

const body = (data: Body['data']): Body => ({
  domain: 'order',
  type: 'OrderPlaced',
  label: 'O1',
  key: 'k',
  version: 1,
  correlation: 'c',
  data,
});

describe('digests', () => {
  test('of any text are those of the platform', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(md5OfText(text)).toBe(createHash('md5').update(text, 'utf8').digest('hex'));
        expect(sha256OfText(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
        expect(Buffer.from(utf8(text)).equals(Buffer.from(text, 'utf8'))).toBe(true);
        expect(base64OfText(text)).toBe(Buffer.from(text, 'utf8').toString('base64'));
        expect(Buffer.from(bytesOfBase64(Buffer.from(text).toString('base64'))).toString()).toBe(
          Buffer.from(text).toString(),
        );
      }),
    );
  });

  test('of attributes are as SQS recorded them', () => {
    expect(md5OfAttributes({ MyAttribute: { DataType: 'String', StringValue: 'foobar' } })).toBe(
      'adb59cd4678ea5a855436b949cd07ab6',
    );
    expect(md5OfAttributes({})).toBeUndefined();
    expect(md5OfText('message-1')).toBe('3d6b824fd8c1520e9a047d21fee6fb1f');
  });
});

test('a text of its own is what a body says; anything else is JSON', () => {
  expect(textOfBody(body({ value: 'hello' }))).toBe('hello');
  expect(JSON.parse(textOfBody(body({ amount: 3 })))).toEqual({
    type: 'OrderPlaced',
    label: 'O1',
    key: 'k',
    version: 1,
    data: { amount: 3 },
  });
});

test('an envelope of SNS has the message between subject and timestamp', () => {
  const envelope = {
    Type: 'Notification',
    MessageId: 'id',
    TopicArn: arnOf('sns', 'events'),
    Subject: 'S',
    Timestamp: isoTime(0),
    UnsubscribeURL: 'https://example.com',
  } as const;
  const text = textOf({ message: 0, envelope }, body({ value: 'hello' }));
  expect(Object.keys(JSON.parse(text) as object)).toEqual([
    'Type',
    'MessageId',
    'TopicArn',
    'Subject',
    'Message',
    'Timestamp',
    'UnsubscribeURL',
  ]);
});

test('timestamps are dates of the calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 * 365 * 86_400_000 }), (at) => {
      expect(isoTime(ms(at))).toBe(new Date(Date.UTC(2024, 0, 1) + at).toISOString());
    }),
  );
});

test('resources are known by ARN and by the short form', () => {
  expect(resourceOf(arnOf('sqs', 'orders'))).toEqual({ service: 'sqs', name: 'orders' });
  expect(resourceOf('arn:aws:lambda:us-east-1:000000000000:function:resize')).toEqual({
    service: 'lambda',
    name: 'resize',
  });
  expect(resourceOf('sqs/orders')).toEqual({ service: 'sqs', name: 'orders' });
  expect(resourceOf('orders')).toBeNull();
});

test('names, types and values of attributes have a size', () => {
  expect(sizeOfAttributes({ a: { DataType: 'String', StringValue: 'é' } })).toBe(1 + 6 + 2);
  expect(sizeOfAttributes({ b: { DataType: 'Binary', BinaryValue: 'AAEC' } })).toBe(1 + 6 + 3);
});
