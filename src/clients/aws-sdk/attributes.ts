/** Message attributes as the SDK has them (bytes) ⇄ as they travel (base64). */
import type { MessageAttributes, MessageAttributeValue } from '../../brokers/aws/protocol/common';
import { base64OfBytes, bytesOfBase64, utf8 } from '../../brokers/aws/protocol/bytes';

/** As a program writes one. */
export interface AttributeInput {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export function attributesToWire(
  given: Readonly<Record<string, AttributeInput>> | undefined,
): MessageAttributes | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([name, { DataType = '', StringValue, BinaryValue }]) => [
      name,
      {
        DataType,
        ...(StringValue === undefined ? {} : { StringValue }),
        ...(BinaryValue === undefined ? {} : { BinaryValue: base64OfBytes(bytesOf(BinaryValue)) }),
      },
    ]),
  );
}

export function attributesFromWire(
  travelled: MessageAttributes | undefined,
): Record<string, Omit<MessageAttributeValue, 'BinaryValue'> & { BinaryValue?: Uint8Array }> | undefined {
  if (travelled === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(travelled).map(([name, { BinaryValue, ...rest }]) => [
      name,
      { ...rest, ...(BinaryValue === undefined ? {} : { BinaryValue: bytesOfBase64(BinaryValue) }) },
    ]),
  );
}

/** The SDK takes text for bytes as well. */
function bytesOf(value: Uint8Array | string): Uint8Array {
  return typeof value === 'string' ? utf8(value) : value;
}
