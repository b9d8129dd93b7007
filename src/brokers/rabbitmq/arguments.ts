/** Arguments of queues and consumers: which there are, what they may be, and the texts of refusals (rabbit_amqqueue.erl). */
import { queueArguments } from './argument-names';
import { bare, typeOf } from './field-values';
import type { FieldTable, FieldValue } from './protocol';
import type { QueueKind, Version } from './queue-type';
import { inQueue, Refused } from './refusal';

/** What is wrong with a value, as an Erlang term is written; null: nothing. */
type Check = (value: FieldValue, all: FieldTable) => string | null;

const integers = new Set(['byte', 'short', 'signedint', 'long', 'unsignedbyte', 'unsignedshort', 'unsignedint']); // prettier-ignore

const wrongType = (value: FieldValue): string => `{unacceptable_type,${typeOf(value)}}`;

const integer: Check = (value) => {
  const type = typeOf(value);
  return integers.has(type) ? null : `"expected integer, got ${type}"`;
};

const notNegative: Check = (value, all) => {
  const wrong = integer(value, all);
  if (wrong !== null) return wrong;
  const number = bare(value) as number;
  return number < 0 ? `{value_negative,${number}}` : null;
};

/** Ten years. */
const longestMs = 315_360_000_000;

const duration: Check = (value, all) => {
  const wrong = notNegative(value, all);
  if (wrong !== null) return wrong;
  const number = bare(value) as number;
  return number > longestMs ? `{value_too_large,${number}}` : null;
};

const notZero =
  (check: Check): Check =>
  (value, all) =>
    bare(value) === 0 ? '{value_zero,0}' : check(value, all);

const boolean: Check = (value) => (typeOf(value) === 'bool' ? null : wrongType(value));

const text: Check = (value) => (typeOf(value) === 'longstr' ? null : wrongType(value));

const oneOf =
  (known: readonly string[], otherwise: (value: string) => string): Check =>
  (value, all) => {
    const wrong = text(value, all);
    if (wrong !== null) return wrong;
    const word = bare(value) as string;
    return known.includes(word) ? null : otherwise(word);
  };

const priorityMax: Check = (value, all) => {
  const wrong = notNegative(value, all);
  if (wrong !== null) return wrong;
  return (bare(value) as number) > 255 ? `{max_value_exceeded,${bare(value) as number}}` : null;
};

const deadLetterKey: Check = (value, all) => {
  const wrong = text(value, all);
  if (wrong !== null) return wrong;
  return all['x-dead-letter-exchange'] === undefined ? 'routing_key_but_no_dlx_defined' : null;
};

const version: Check = (value, all) => {
  const wrong = notNegative(value, all);
  if (wrong !== null) return wrong;
  const number = bare(value) as number;
  return number === 1 || number === 2 ? null : `"unsupported queue version '${number}'"`;
};

const maxAge: Check = (value, all) => {
  const wrong = text(value, all);
  if (wrong !== null) return wrong;
  const age = bare(value) as string;
  // what does not begin with a number ends the real channel's process
  if (!/^\d/.test(age)) throw new Refused('INTERNAL_ERROR', '');
  return /^0*[1-9]\d*[YMDhms]$/.test(age) ? null : 'invalid_max_age';
};

/** In the order in which they are looked at. */
const declareChecks: readonly (readonly [string, Check])[] = [
  ['x-expires', notZero(duration)],
  ['x-message-ttl', duration],
  ['x-dead-letter-exchange', text],
  ['x-dead-letter-routing-key', deadLetterKey],
  ['x-dead-letter-strategy', oneOf(['at-most-once', 'at-least-once'], () => 'invalid_dlx_strategy')],
  ['x-max-length', notNegative],
  ['x-max-length-bytes', notNegative],
  ['x-max-in-memory-length', notNegative],
  ['x-max-in-memory-bytes', notNegative],
  ['x-max-priority', priorityMax],
  ['x-overflow', oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'], () => 'invalid_overflow')],
  ['x-queue-mode', oneOf(['default', 'lazy'], (mode) => `"unsupported queue mode '${mode}'"`)],
  ['x-queue-version', version],
  ['x-single-active-consumer', boolean],
  ['x-quorum-initial-group-size', notZero(notNegative)],
  ['x-max-age', maxAge],
  ['x-stream-max-segment-size-bytes', notNegative],
  ['x-stream-filter-size-bytes', notNegative],
  ['x-initial-cluster-size', notZero(notNegative)],
  ['x-queue-leader-locator', oneOf(['balanced', 'client-local', 'random', 'least-leaders'], () => 'invalid_queue_locator_arg')], // prettier-ignore
];

const queueType = oneOf(['classic', 'quorum', 'stream'], (kind) => `"unsupported queue type '${kind}'"`);

const consumerArguments: Record<QueueKind, readonly string[]> = {
  classic: ['x-priority'],
  quorum: ['x-priority'],
  stream: ['x-stream-offset', 'x-stream-filter', 'x-stream-match-unfiltered'],
};

/** The kind that is asked for. Throws PRECONDITION_FAILED. */
export function kindOf(name: string, table: FieldTable): QueueKind {
  const type = table['x-queue-type'];
  if (type === undefined) return 'classic';
  refuseIf(name, 'x-queue-type', queueType(type, table));
  return bare(type) as QueueKind;
}

export function checkDeclareArguments(name: string, kind: QueueKind, table: FieldTable): void {
  for (const [argument, check] of declareChecks) {
    const value = table[argument];
    if (value === undefined || !queueArguments[kind].includes(argument)) continue;
    refuseIf(name, argument, check(value, table));
  }
  refuseForeign(name, kind, table, queueArguments);
}

export function checkConsumeArguments(name: string, kind: QueueKind, table: FieldTable): void {
  const priority = table['x-priority'];
  if (priority !== undefined && consumerArguments[kind].includes('x-priority')) {
    refuseIf(name, 'x-priority', integer(priority, table));
  }
  refuseForeign(name, kind, table, consumerArguments);
}

function refuseIf(queue: string, argument: string, wrong: string | null): void {
  if (wrong === null) return;
  throw new Refused('PRECONDITION_FAILED', `invalid arg '${argument}' for ${inQueue(queue)}: ${wrong}`);
}

/** What means something to another type only. */
function refuseForeign(
  queue: string,
  kind: QueueKind,
  table: FieldTable,
  byKind: Record<QueueKind, readonly string[]>,
): void {
  for (const argument of Object.keys(table).sort()) {
    if (byKind[kind].includes(argument)) continue;
    if (!Object.values(byKind).some((names) => names.includes(argument))) continue;
    const text = `invalid arg '${argument}' for ${inQueue(queue)} of queue type rabbit_${kind}_queue`;
    throw new Refused('PRECONDITION_FAILED', text);
  }
}

/** Throws when something that matters differs from how the queue was declared before. */
export function checkSameArguments(
  where: string,
  names: readonly string[],
  current: FieldTable,
  received: FieldTable,
): void {
  for (const name of names) {
    const [old, given] = [current[name], received[name]];
    if (sameArgument(old, given)) continue;
    if (name === 'x-queue-type' && (old ?? 'classic') === 'classic' && (given ?? 'classic') === 'classic') continue; // prettier-ignore
    const both = old !== undefined && given !== undefined;
    unlike(where, name, both ? quoted(given) : described(given), both ? quoted(old) : described(old));
  }
}

export function unlike(where: string, name: string, received: string, current: string): never {
  const text = `inequivalent arg '${name}' for ${where}: received ${received} but current is ${current}`;
  throw new Refused('PRECONDITION_FAILED', text);
}

/** As it stands in texts. */
export function shown(value: FieldValue): string {
  const plain = bare(value);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

/** Integers of all sizes are one class, and so are strings. */
function sameArgument(a: FieldValue, b: FieldValue): boolean {
  if (a === undefined || b === undefined) return a === b;
  return bare(a) === bare(b) && classOf(a) === classOf(b);
}

function classOf(value: FieldValue): string {
  const type = typeOf(value);
  return integers.has(type) ? 'int' : type;
}

function quoted(value: FieldValue): string {
  return `'${shown(value)}'`;
}

function described(value: FieldValue): string {
  return value === undefined ? 'none' : `the value ${quoted(value)} of type '${typeOf(value)}'`;
}

/** 4.0 writes down the type where the client says none. */
export function withType(table: FieldTable, version: Version): FieldTable {
  if (version === '3.10' || table['x-queue-type'] !== undefined) return table;
  return { ...table, 'x-queue-type': 'classic' };
}
