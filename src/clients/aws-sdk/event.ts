/** What a function's code is given, in Lambda's own form: bodies as text, attributes with their small letters. */
import type { LambdaEvent, SnsRecord, SqsRecord } from '../../brokers/aws/lambda/protocol';
import type { MessageAttributeValue } from '../../brokers/aws/protocol/common';
import { md5OfAttributes, md5OfText, textOf, textOfBody } from '../../brokers/aws/protocol/content';
import type { ScriptWorld } from '../script';
import type { Fields } from './client';

export function eventOf(world: ScriptWorld, event: LambdaEvent): unknown {
  if ('message' in event) return JSON.parse(textOfBody(world.body(event.message)));
  return {
    Records: event.Records.map((record) =>
      'messageId' in record ? sqsRecord(world, record) : snsRecord(world, record),
    ),
  };
}

function sqsRecord(world: ScriptWorld, { body, messageAttributes, observed: _, ...rest }: SqsRecord): Fields {
  const text = textOf(body, world.body(body.message));
  const digest = md5OfAttributes(messageAttributes);
  return {
    ...rest,
    body: text,
    md5OfBody: md5OfText(text),
    messageAttributes: Object.fromEntries(
      Object.entries(messageAttributes).map(([name, value]) => [name, attribute(value)]),
    ),
    ...(digest === undefined ? {} : { md5OfMessageAttributes: digest }),
  };
}

function attribute({ DataType, StringValue, BinaryValue }: MessageAttributeValue): Fields {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}

function snsRecord(world: ScriptWorld, { Sns, ...rest }: SnsRecord): Fields {
  const { Message, ...fields } = Sns;
  return { ...rest, Sns: { ...fields, Message: textOf(Message, world.body(Message.message)) } };
}
