/**
 * What every node knows: exchanges, bindings, and which queues there are. A change is a datum, so that other nodes can
 * make it too; bindings go with either of their ends, and exchanges and queues that delete themselves with their last use.
 */
import type { QueueDefinition } from './queue-type';
import { sameTable } from './field-values';
import type { Binding, BrokerState, Exchange } from './state';

export type MetadataChange =
  | { readonly type: 'PutExchange'; readonly exchange: Exchange }
  | { readonly type: 'DeleteExchange'; readonly name: string }
  | { readonly type: 'PutQueue'; readonly queue: QueueDefinition }
  | { readonly type: 'DeleteQueue'; readonly name: string }
  | { readonly type: 'Bind'; readonly binding: Binding }
  | { readonly type: 'Unbind'; readonly binding: Binding };

type Metadata = Pick<BrokerState, 'exchanges' | 'bindings' | 'queues'>;

export function applyChange(metadata: Metadata, change: MetadataChange): void {
  switch (change.type) {
    case 'PutExchange':
      metadata.exchanges.set(change.exchange.name, change.exchange);
      return;
    case 'DeleteExchange':
      return deleteExchange(metadata, change.name);
    case 'PutQueue':
      metadata.queues.set(change.queue.name, change.queue);
      return;
    case 'DeleteQueue':
      metadata.queues.delete(change.name);
      return unbindDestination(metadata, 'queue', change.name);
    case 'Bind':
      return bind(metadata, change.binding);
    case 'Unbind':
      return unbind(metadata, change.binding);
  }
}

export function bindingsOf(metadata: Metadata, source: string): readonly Binding[] {
  return metadata.bindings.get(source) ?? [];
}

export function sameBinding(a: Binding, b: Binding): boolean {
  return (
    a.destination === b.destination &&
    a.destinationType === b.destinationType &&
    a.routingKey === b.routingKey &&
    sameTable(a.arguments, b.arguments)
  );
}

function bind(metadata: Metadata, binding: Binding): void {
  const bindings = bindingsOf(metadata, binding.source);
  if (bindings.some((known) => sameBinding(known, binding))) return;
  metadata.bindings.set(binding.source, [...bindings, binding]);
}

function unbind(metadata: Metadata, binding: Binding): void {
  removeBindings(metadata, binding.source, (known) => sameBinding(known, binding));
}

/** Tells a queue from an earlier one of its name, also when that was declared through another node. 0: all nodes agree. */
export function nextBirth(state: BrokerState, node: number): number {
  const births = ++state.births;
  return state.cluster ? births * (state.cluster.nodes.length + 1) + node : births;
}

/** A change that this node makes: other nodes hear of it. */
export function changeMetadata(state: BrokerState, change: MetadataChange): void {
  applyChange(state, change);
  state.cluster?.changes.push(change);
}

/** An auto-delete exchange goes with its last binding. */
function removeBindings(metadata: Metadata, source: string, goes: (binding: Binding) => boolean): void {
  const before = bindingsOf(metadata, source);
  const after = before.filter((binding) => !goes(binding));
  if (after.length === before.length) return;
  if (after.length > 0) metadata.bindings.set(source, after);
  else metadata.bindings.delete(source);
  if (after.length === 0 && metadata.exchanges.get(source)?.autoDelete) deleteExchange(metadata, source);
}

function deleteExchange(metadata: Metadata, name: string): void {
  metadata.exchanges.delete(name);
  metadata.bindings.delete(name);
  unbindDestination(metadata, 'exchange', name);
}

function unbindDestination(metadata: Metadata, type: Binding['destinationType'], name: string): void {
  for (const source of [...metadata.bindings.keys()]) {
    removeBindings(metadata, source, (binding) => binding.destination === name && binding.destinationType === type); // prettier-ignore
  }
}
