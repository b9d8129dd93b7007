/** amqplib 2.3.1's errors and the texts in them (lib/error.js, lib/format.js, lib/channel.js). */
import type { ChannelClose, ConnectionClose } from '../../brokers/rabbitmq/protocol';
import { replyCodes } from '../../brokers/rabbitmq/protocol';
import { methodIds, type MethodName } from './methods';

/** Something that is closed, or closing, was used. */
export class IllegalOperationError extends Error {
  override readonly name = 'IllegalOperationError';
  readonly stackAtStateChange: string | undefined;
  constructor(message: string, stack?: string) {
    super(message);
    this.stackAtStateChange = stack;
  }
}

/** Only here: the library can do this, and the simulation cannot. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';
}

/** An error as the library makes them: with the code of the protocol, and what it was about. */
export interface AmqpError extends Error {
  code?: number | string;
  classId?: number;
  methodId?: number;
}

type Close = ChannelClose | ConnectionClose;

/** '404 (NOT-FOUND) with message "NOT_FOUND - no queue …"'. */
function closeMessage({ replyCode, replyText }: Close): string {
  const name = Object.entries(replyCodes)
    .find(([, code]) => code === replyCode)?.[0]
    .replaceAll('_', '-');
  return `${replyCode} (${name}) with message "${replyText}"`;
}

export function channelClosedByServer(close: ChannelClose): AmqpError {
  return withCodes(new Error(`Channel closed by server: ${closeMessage(close)}`), close);
}

/** For the method that was under way when the server closed the channel, which may not be what it closed it for. */
export function operationFailed(method: MethodName, close: ChannelClose): AmqpError {
  const [classId, methodId] = methodIds[method];
  if (classId !== close.classId || methodId !== close.methodId) return channelClosedByServer(close);
  return withCodes(new Error(`Operation failed: ${method}; ${closeMessage(close)}`), close);
}

export function connectionClosedByServer(close: ConnectionClose): AmqpError {
  const error: AmqpError = new Error(`Connection closed: ${closeMessage(close)}`);
  error.code = close.replyCode;
  return error;
}

/** The server was asked to close in good order, or by an operator: no error (lib/connection.js isFatalError). */
export function isFatal({ code }: AmqpError): boolean {
  return code !== replyCodes.CONNECTION_FORCED && code !== replyCodes.REPLY_SUCCESS;
}

/** As Node's sockets say it. */
export function socketError(syscall: 'connect' | 'read', code: string, where = ''): AmqpError {
  return Object.assign(new Error(`${syscall} ${code}${where}`), { code, syscall });
}

function withCodes(error: Error, { replyCode, classId, methodId }: Close): AmqpError {
  return Object.assign(error, { code: replyCode, classId, methodId });
}
