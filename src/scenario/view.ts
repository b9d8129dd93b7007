import { deliveredNote, wasDelivered } from '../clients/kafka/delivered';
import type { Kernel } from '../kernel/kernel';
import type { Look, PartPicture } from '../kernel/part';
import type { PartSlot, ProcessSlot } from '../kernel/process';
import type { Face, Lane, Process, Shape, Token } from '../kernel/shape';
import type { MessageId } from '../kernel/bodies';
import { eventKinds } from '../kernel/queue';
import type { Tagged } from '../kernel/machine';
import { toMs, type Time } from '../kernel/time';
import { lanesOfClusters } from './copies';
import type { View, Window } from './host';
import { nodeNames, processNames } from './nodes';
import type { Registry } from './registry';
import type { Scenario } from './scenario';
import { shapesTold } from './told';

/** The picture of the instant the kernel stands at: a function of state and window, nothing else. */
export function viewOf(kernel: Kernel, scenario: Scenario, registry: Registry, window: Window): View {
  const look = lookOf(kernel, window);
  const shapes = shapesOf(kernel, scenario, picturesOf(kernel, registry, look));
  return {
    time: kernel.now,
    factCount: kernel.factCount,
    eventCount: kernel.eventCount,
    shapes,
    tokens: tokensOf(kernel, registry, look, groupsOf(shapes), clustersOf(scenario)),
    links: faultyLinks(kernel),
    nextAt: kernel.nextTime === Infinity ? null : kernel.nextTime,
  };
}

/** The shapes alone, for who looks at one of them. */
export function shapesAt(kernel: Kernel, scenario: Scenario, registry: Registry, window: Window): Shape[] {
  return shapesOf(kernel, scenario, picturesOf(kernel, registry, lookOf(kernel, window)));
}

function picturesOf(kernel: Kernel, registry: Registry, look: Look): Map<PartSlot, PartPicture> {
  const pictures = new Map<PartSlot, PartPicture>();
  for (const part of kernel.parts) {
    const kind = registry.get(part.machine.kind);
    if (kind?.describe) pictures.set(part, kind.describe(part.state, look));
  }
  return pictures;
}

function lookOf(kernel: Kernel, window: Window): Look {
  const faces = new Map<MessageId, Face>();
  return {
    now: kernel.now,
    cells: window.cells,
    rows: window.rows,
    laneEnd: (address) => window.lanes[address]?.to ?? null,
    face(message) {
      let face = faces.get(message);
      if (!face) {
        const { domain, label, key, version } = kernel.bodies.get(message);
        face = { message, domain, label, key, version };
        faces.set(message, face);
      }
      return face;
    },
  };
}

function shapesOf(kernel: Kernel, scenario: Scenario, pictures: Map<PartSlot, PartPicture>): Shape[] {
  const shapes = shapesTold(kernel, pictures);
  shapes.push(...lanesOfClusters(kernel, pictures));
  const roles = new Map(scenario.services.map(({ name, role }) => [name, role]));
  for (const process of kernel.processes) {
    const role = roles.get(process.name);
    if (role !== undefined) shapes.push(processShape(process, role, pictures));
  }
  return withReaders(shapes, kernel, pictures);
}

/** One shape per service process: what its parts say, merged, under the fate they share. */
function processShape(process: ProcessSlot, role: string, pictures: Map<PartSlot, PartPicture>): Process {
  const { condition } = process;
  let shape: Process = {
    shape: 'process',
    address: process.name,
    name: process.name,
    role,
    condition: conditionOf(process, pictures),
    conditionSince: condition.since,
    incarnation: condition.incarnation,
    steps: [],
    step: null,
    current: null,
    queued: [],
    unsettled: [],
    pins: condition.pins.map(({ step }) => step),
    group: null,
    owns: [],
    applied: 0,
    lastApplied: null,
    brokeBefore: condition.brokeBefore,
  };
  const own = process.parts.flatMap((part) => pictures.get(part) ?? []);
  for (const picture of own) shape = { ...shape, ...picture.process };
  for (const { about = [] } of pictures.values())
    for (const one of about) if (one.process === process.name) shape = { ...shape, ...one.fields };
  for (const { addsStep } of own) if (addsStep) shape = { ...shape, steps: withStep(shape.steps, addsStep) };
  return shape;
}

function withStep(steps: readonly string[], added: NonNullable<PartPicture['addsStep']>): readonly string[] {
  const at = 'before' in added ? steps.indexOf(added.before) : steps.indexOf(added.after) + 1;
  return steps.toSpliced(Math.max(0, at), 0, added.name);
}

function conditionOf(process: ProcessSlot, pictures: Map<PartSlot, PartPicture>): Process['condition'] {
  const { up, slowness, takenDown } = process.condition;
  if (!up) return takenDown ? 'down' : 'crashed';
  if (process.parts.some((part) => pictures.get(part)?.condition === 'paused')) return 'paused';
  return slowness === 1 ? 'up' : 'slow';
}

/** Positions are known to the reading client only: put them on the lanes the broker drew. */
function withReaders(shapes: Shape[], kernel: Kernel, pictures: Map<PartSlot, PartPicture>): Shape[] {
  const reads = new Map<string, { position: number; process: string }>();
  for (const process of kernel.processes) {
    if (!process.condition.up) continue;
    for (const part of process.parts) {
      for (const read of pictures.get(part)?.reads ?? []) {
        reads.set(`${read.group} ${read.lane}`, { position: read.position, process: process.name });
      }
    }
  }
  const processes = new Map(
    shapes.flatMap((shape) => (shape.shape === 'process' ? [[shape.name, shape] as const] : [])),
  );
  return shapes.map((shape) =>
    shape.shape === 'lane' ? withPositions(shape, kernel, reads, processes) : shape,
  );
}

function withPositions(
  lane: Lane,
  kernel: Kernel,
  reads: ReadonlyMap<string, { position: number; process: string }>,
  processes: ReadonlyMap<string, Process>,
): Lane {
  const pointers = lane.pointers.map((pointer) => {
    const read = reads.get(`${pointer.group} ${lane.address}`);
    return read ? { ...pointer, position: read.position } : pointer;
  });
  return {
    ...lane,
    pointers,
    cells: lane.cells.map((cell) => ({
      ...cell,
      uncommittedBy: pointers
        .filter((pointer) => isUncommitted(kernel, lane, cell, pointer, processes.get(pointer.owner ?? '')))
        .map(({ group }) => group),
    })),
  };
}

/**
 * Applied and not committed: what a crash would repeat, or, when the reader is gone, will be repeated. Only the observer
 * knows it after a crash: the reader has forgotten, and the broker never knew.
 */
function isUncommitted(
  kernel: Kernel,
  lane: Lane,
  { offset, face }: Lane['cells'][number],
  { group, committed, shareWindow }: Lane['pointers'][number],
  owner: Process | undefined,
): boolean {
  // A share group says of each record what became of it.
  if (offset < (committed ?? 0) || shareWindow) return false;
  const given = kernel.notes.get(deliveredNote(group, lane.address));
  if (!wasDelivered(given, offset)) return false;
  // Who commits first has applied nothing that is not committed.
  const steps = owner?.steps ?? [];
  if (steps.includes('apply') && steps.indexOf('commit') < steps.indexOf('apply')) return false;
  // What is in hand, or was when it broke, is given but not yet applied.
  const brokeAt = steps.indexOf(owner?.brokeBefore ?? '');
  if (brokeAt >= 0 && brokeAt <= steps.indexOf('apply')) return wasDelivered(given, offset + 1);
  return owner?.current?.message !== face.message || owner.step?.name === 'commit';
}

/** The group each process reads for. */
function groupsOf(shapes: readonly Shape[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const shape of shapes)
    if (shape.shape === 'process' && shape.group !== null) groups.set(shape.name, shape.group);
  return groups;
}

function tokensOf(
  kernel: Kernel,
  registry: Registry,
  look: Look,
  groups: ReadonlyMap<string, string>,
  clusters: ReadonlyMap<string, string>,
): Token[] {
  const tokens: Token[] = [];
  const add = (
    id: string,
    from: PartSlot,
    to: PartSlot,
    command: Tagged,
    sentAt: Time,
    arrivesAt: Time,
    held: boolean,
  ) => {
    const cargo =
      registry.get(from.machine.kind)?.cargo?.(command) ??
      registry.get(to.machine.kind)?.cargo?.(command) ??
      [];
    const isInside = clusters.has(from.process.name) && clusters.has(to.process.name);
    // what nodes say to each other is drawn where it carries records, and to the rest a cluster is one broker
    if (isInside && cargo.length === 0) return;
    const named = (process: string) => (isInside ? process : (clusters.get(process) ?? process));
    const sides = { from: named(from.process.name), to: named(to.process.name) };
    const common = { sentAt, arrivesAt, what: command.type, held, weight: 1 };
    const group = groups.get(to.process.name);
    if (cargo.length === 0) tokens.push({ ...common, ...sides, id, faces: [] });
    for (const [index, { lane, toLane, messages, positions }] of cargo.entries()) {
      const atFrom = lane === null ? sides : endsAtLane(sides, lane, isBroker(from), isInside);
      const ends = toLane === undefined ? atFrom : { ...atFrom, to: `${sides.to}/${toLane}` };
      tokens.push({
        ...common,
        ...ends,
        id: `${id}.${index}`,
        faces: messages.map((message) => look.face(message)),
        ...(positions && group !== undefined
          ? { redelivered: deliveredAgain(kernel, group, ends.from, positions) }
          : {}),
      });
    }
  };
  kernel.queue.forEach((kind, target, id, sentAt, time, command, sequence) => {
    if (kind !== eventKinds.message || command === null) return;
    const connection = kernel.network.connections.get(id);
    if (!connection) return;
    const from = kernel.parts[connection.a === target ? connection.b : connection.a];
    add(`m${sequence}`, from, kernel.parts[target], command, sentAt, time, false);
  });
  for (const { id, a, b, heldToA, heldToB } of kernel.network.connections.values()) {
    const [opener, other] = [kernel.parts[a], kernel.parts[b]];
    heldToB.forEach((held, index) =>
      add(`h${id}.${index}b`, opener, other, held.message, held.sentAt, Infinity, true),
    );
    heldToA.forEach((held, index) =>
      add(`h${id}.${index}a`, other, opener, held.message, held.sentAt, Infinity, true),
    );
  }
  return tokens;
}

/** Per position: 1 when the receiving group was given it before. */
function deliveredAgain(kernel: Kernel, group: string, lane: string, positions: readonly number[]): number[] {
  const given = kernel.notes.get(deliveredNote(group, lane));
  return positions.map((position) => (wasDelivered(given, position) ? 1 : 0));
}

/** Nodes and controllers of clusters: process → name of the cluster. */
function clustersOf({ brokers }: Scenario): ReadonlyMap<string, string> {
  const clusters = new Map<string, string>();
  for (const broker of brokers)
    if (nodeNames(broker).length > 1)
      for (const process of processNames(broker)) clusters.set(process, broker.name);
  return clusters;
}

function isBroker(part: PartSlot): boolean {
  return part.machine.kind.endsWith('.broker');
}

/** What a broker sends comes out of a lane; what it is sent goes into one. */
function endsAtLane(
  sides: { from: string; to: string },
  lane: string,
  fromBroker: boolean,
  isInside: boolean,
): { from: string; to: string } {
  if (isInside) return { from: `${sides.from}/${lane}`, to: `${sides.to}/${lane}` };
  return fromBroker
    ? { from: `${sides.from}/${lane}`, to: sides.to }
    : { from: sides.from, to: `${sides.to}/${lane}` };
}

function faultyLinks(kernel: Kernel): View['links'] {
  const faulty = [];
  for (const { from, to, cut, extra } of kernel.network.allLinks()) {
    if (!cut && extra === 0) continue;
    faulty.push({
      from: kernel.processes[from].name,
      to: kernel.processes[to].name,
      cut,
      extraMs: toMs(extra),
    });
  }
  return faulty;
}
