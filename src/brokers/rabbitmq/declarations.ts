/** What may be declared and bound, by a client or by a scenario: checks and their texts as rabbit_channel.erl has them. */
import { checkDeclareArguments, kindOf, shown } from './arguments';
import { bare, typeOf } from './field-values';
import type { FieldTable } from './protocol';
import type { QueueKind, QueueState, QueueType, Version } from './queue-type';
import { typeOf as queueType } from './queue-types';
import { inExchange, inQueue, Refused } from './refusal';
import type { Binding, BrokerState } from './state';

export function checkName(kind: 'queue' | 'exchange', name: string): void {
  if (!name.startsWith('amq.')) return;
  throw new Refused('ACCESS_REFUSED', `${kind} name '${name}' contains reserved prefix 'amq.*'`);
}

export function checkNotDefault(name: string): void {
  if (name === '') throw new Refused('ACCESS_REFUSED', 'operation not permitted on the default exchange');
}

const exchangeTypes: readonly string[] = ['direct', 'fanout', 'topic', 'headers'];

export function checkExchangeType(type: string, version: Version): void {
  if (exchangeTypes.includes(type)) return;
  const code = version === '3.10' ? 'COMMAND_INVALID' : 'PRECONDITION_FAILED';
  throw new Refused(code, `unknown exchange type '${type}'`);
}

export function checkNewExchange(name: string, table: FieldTable): void {
  checkName('exchange', name);
  checkText(table, 'alternate-exchange', inExchange(name));
}

function checkText(table: FieldTable, argument: string, where: string): void {
  const value = table[argument];
  if (value === undefined || typeOf(value) === 'longstr') return;
  throw new Refused('PRECONDITION_FAILED', `invalid type '${typeOf(value)}' for arg '${argument}' in ${where}`); // prettier-ignore
}

/** The kind of a queue that does not exist yet. Throws when it cannot be made as it is declared. */
export function checkNewQueue(
  declaration: Parameters<QueueType<QueueState>['refuses']>[0],
  version: Version,
): QueueKind {
  const { name, arguments: table } = declaration;
  checkText(table, 'x-dead-letter-exchange', inQueue(name));
  const kind = kindOf(name, table);
  checkDeclareArguments(name, kind, table);
  const type = queueType(kind);
  if (type === undefined) throw new Refused('INTERNAL_ERROR', `no queues of type ${kind}`);
  const refusal = type.refuses(declaration, version);
  if (refusal) throw new Refused(refusal.name, refusal.text);
  return kind;
}

type Topology = Pick<BrokerState, 'exchanges' | 'queues'>;

/** Which end of a binding there is not, as texts name it; null: both are there. Throws when one is the default exchange. */
export function missingEnd(topology: Topology, binding: Binding): string | null {
  const { source, destination, destinationType } = binding;
  if (destinationType === 'exchange') checkNotDefault(destination);
  checkNotDefault(source);
  if (!topology.exchanges.has(source)) return inExchange(source);
  if (destinationType === 'queue') return topology.queues.has(destination) ? null : inQueue(destination);
  return topology.exchanges.has(destination) ? null : inExchange(destination);
}

/** How headers are to match, where they decide. */
export function checkMatch(topology: Topology, { source, arguments: table }: Binding): void {
  if (topology.exchanges.get(source)?.type !== 'headers') return;
  const mode = table['x-match'];
  if (mode === undefined) return;
  const expected = 'expected all, any, all-with-x, or any-with-x';
  const value = bare(mode);
  if (typeof value !== 'string') {
    const text = `Invalid x-match field type ${typeOf(mode)} (value ${shown(mode)}); expected longstr`;
    throw new Refused('PRECONDITION_FAILED', text);
  }
  if (['all', 'any', 'all-with-x', 'any-with-x'].includes(value)) return;
  throw new Refused('PRECONDITION_FAILED', `Invalid x-match field value <<"${value}">>; ${expected}`);
}
