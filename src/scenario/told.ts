/**
 * What the parts say, each thing once. Who takes over from a node tells of the same groups and transactions as the node
 * did: whoever is up is believed. Of a queue on several nodes its leader is believed, of an exchange every node tells what
 * went through it there.
 */
import type { Kernel } from '../kernel/kernel';
import type { PartPicture } from '../kernel/part';
import type { PartSlot } from '../kernel/process';
import type { Address, Shape, Stack, Switch } from '../kernel/shape';

interface Said {
  readonly shape: Shape;
  readonly process: string;
  readonly isUp: boolean;
}

export function shapesTold(kernel: Kernel, pictures: ReadonlyMap<PartSlot, PartPicture>): Shape[] {
  const told = new Map<Address, Said[]>();
  for (const { name: process, parts, condition } of kernel.processes)
    for (const part of parts)
      for (const shape of pictures.get(part)?.shapes ?? []) {
        const said = { shape, process, isUp: condition.up };
        const others = told.get(shape.address);
        if (others) others.push(said);
        else told.set(shape.address, [said]);
      }
  const up = new Map(kernel.processes.map(({ name, condition }) => [name, condition.up]));
  const speaking = new Set<string>();
  for (const said of told.values())
    for (const { shape, isUp } of said) if (isUp) speaking.add(brokerOf(shape));
  return [...told.values()].flatMap((said): Shape[] => {
    const { shape, isUp } = said.reduce((best, other) => (isBetter(other, best) ? other : best));
    if (!isUp && isForgotten(shape, up, speaking)) return [];
    if (shape.shape === 'switch') return [withAllTraffic(shape, said)];
    return [shape.shape === 'stack' ? withTruth(withAllReaders(shape, said), up) : shape];
  });
}

function brokerOf({ address }: Shape): string {
  return address.split('/', 1)[0];
}

/** Whoever is up; of those whoever leads; and of two that think they do the one who was elected later. */
function isBetter(one: Said, other: Said): boolean {
  if (one.isUp !== other.isUp) return one.isUp;
  const [leads, otherLeads] = [leadsIt(one), leadsIt(other)];
  if (leads !== otherLeads) return leads;
  return termOf(one.shape) > termOf(other.shape);
}

function leadsIt({ shape, process }: Said): boolean {
  return shape.shape === 'stack' && (shape.members ?? []).some((member) => member.isLeader && member.process === process); // prettier-ignore
}

function termOf(shape: Shape): number {
  return (shape.shape === 'stack' ? shape.term : undefined) ?? 0;
}

/** A node that is down remembers it, and those that are up and would know it do not. */
function isForgotten(shape: Shape, up: ReadonlyMap<string, boolean>, speaking: ReadonlySet<string>): boolean {
  if (shape.shape === 'switch') return speaking.has(brokerOf(shape));
  return shape.shape === 'stack' && (shape.members ?? []).some(({ process }) => up.get(process));
}

/** A node that has died is down, whatever the others know of it yet. */
function withTruth(stack: Stack, up: ReadonlyMap<string, boolean>): Stack {
  if (!stack.members) return stack;
  return {
    ...stack,
    members: stack.members.map((member) => {
      const isUp = up.get(member.process) ?? member.isUp;
      return { ...member, isUp, isLeader: member.isLeader && (isUp || stack.type === 'classic') };
    }),
  };
}

/** Consumers of a stream read from their own node's copy, which alone knows of them. */
function withAllReaders(stack: Stack, said: readonly Said[]): Stack {
  if (stack.type !== 'stream' || said.length === 1) return stack;
  const told = said.flatMap(({ shape, isUp }) => (isUp && shape.shape === 'stack' ? shape.consumers : []));
  return { ...stack, consumers: told };
}

function withAllTraffic(shape: Switch, said: readonly Said[]): Switch {
  if (said.length === 1) return shape;
  const told = said.flatMap(({ shape: other }) => (other.shape === 'switch' ? [other] : []));
  const passed = new Map<string, number>();
  for (const { routes } of told)
    for (const { id, passed: count } of routes) passed.set(id, (passed.get(id) ?? 0) + count);
  return {
    ...shape,
    routes: shape.routes.map((route) => ({ ...route, passed: passed.get(route.id)! })),
    last: told.reduce<Switch['last']>((last, other) => later(last, other.last), null),
    published: told.reduce((sum, { published }) => sum + published, 0),
    unroutable: told.reduce((sum, { unroutable }) => sum + unroutable, 0),
  };
}

function later(one: Switch['last'], other: Switch['last']): Switch['last'] {
  return other && (!one || other.at > one.at) ? other : one;
}
