import fc from 'fast-check';
import { checkBroker } from '../../../src/brokers/kafka/invariants';
import type {
  DeleteRecordsResponse,
  FetchResponse,
  JoinGroupResponse,
  KafkaResponse,
  ProduceResponse,
  SyncGroupResponse,
} from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { batchBytes, commit, fetch, heartbeat, join, leave, produce, sync } from './requests';

const partitions = 2;
const connections = [1, 2, 3];

/**
 * Something that happens to a broker: a client does it, time does it, or fate. `at` is a place in what the log holds, 0
 * to 1. `go` is the next thing the protocol asks of a client; `join` and `sync` come when they please.
 */
export type Deed =
  | { do: 'produce'; partition: number; count: number }
  | { do: 'fetch'; partition: number; at: number; waitMs: number }
  | { do: 'delete'; partition: number; at: number }
  | { do: Act; who: number }
  | { do: 'commit'; who: number; partition: number; at: number }
  | { do: 'wait'; forMs: number }
  | { do: 'crash' };

const acts = ['go', 'go', 'go', 'go', 'go', 'go', 'join', 'sync', 'beat', 'leave', 'close'] as const;
type Act = (typeof acts)[number];

const partition = fc.nat(partitions - 1);
const who = fc.nat(connections.length - 1);
const at = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.integer({ min: 1, max: 4 });
const forMs = fc.constantFrom(1, 400, 3000, 3000, 3000, 7000, 7000, 40_000);

export const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('produce' as const), partition, count }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('fetch' as const),
        partition,
        at,
        waitMs: fc.constantFrom(0, 500),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), partition, at }) },
    { weight: 20, arbitrary: fc.record({ do: fc.constantFrom(...acts), who }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('commit' as const), who, partition, at }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), forMs }) },
    { weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
  ),
  { minLength: 10, maxLength: 100, size: 'max' },
);

interface Client {
  id: string;
  /** Correlation id of the join or sync that has no answer yet; 0: none. */
  asked: number;
  joined: JoinGroupResponse | null;
  /** It has its share of this generation. */
  synced: boolean;
}

/** Clients that keep the rules of the protocol, however badly they time it, and what they were told. */
export class RandomClients {
  readonly broker = new LoneBroker({
    topics: [{ name: 'orders', partitions, segmentBytes: 2 * batchBytes(4), retentionMs: 30_000 }],
  });
  /** What each partition must hold: the message at each offset since the beginning. */
  readonly logs: number[][] = Array.from({ length: partitions }, () => []);
  readonly starts: number[] = Array.from({ length: partitions }, () => 0);
  /** "generation/partition" → member it was given to. */
  readonly owners = new Map<string, string>();
  readonly broken: string[] = [];
  private readonly clients: Client[] = connections.map(() => ({ ...stranger, asked: 0 }));
  private nextMessage = 0;
  private fetches: { asked: number; partition: number; offset: number }[] = [];

  play(list: readonly Deed[]): void {
    for (const deed of list) {
      this.perform(deed);
      this.hear();
      checkBroker(this.broker.state);
      this.checkStarts();
    }
  }

  private perform(deed: Deed): void {
    switch (deed.do) {
      case 'produce':
        return this.produce(deed.partition, deed.count);
      case 'fetch': {
        const offset = this.placeIn(deed.partition, deed.at);
        const request = fetch([{ partition: deed.partition, fetchOffset: offset }], {
          maxWaitMs: deed.waitMs,
        });
        const asked = this.broker.send(request, 20);
        this.fetches.push({ asked, partition: deed.partition, offset });
        return;
      }
      case 'delete':
        return this.deleteBefore(deed.partition, this.placeIn(deed.partition, deed.at));
      case 'wait':
        return this.broker.wait(deed.forMs);
      case 'crash':
        return this.crash();
      case 'commit': {
        const { id, joined } = this.clients[deed.who];
        const offset = this.placeIn(deed.partition, deed.at);
        const generationId = joined?.generationId ?? -1;
        this.broker.send(commit(offset, { memberId: id, generationId, partition: deed.partition }), 30);
        return;
      }
      default:
        this.act(deed.do, deed.who);
    }
  }

  private act(what: Act, index: number): void {
    const client = this.clients[index];
    const connection = connections[index];
    const { broker } = this;
    const options = { sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 8000 };
    if (what === 'close') {
      broker.close(connection);
      client.asked = 0;
    } else if (client.asked !== 0) {
      return;
    } else if (what === 'join' || (what === 'go' && client.joined === null))
      client.asked = broker.send(join(client.id, options), connection);
    else if (what === 'leave') {
      broker.send(leave(client.id), connection);
      Object.assign(client, stranger);
    } else if (client.joined !== null) {
      const { generationId } = client.joined;
      const isBeat = what === 'beat' || (what === 'go' && client.synced);
      if (isBeat) client.asked = broker.send(heartbeat(client.id, generationId), connection);
      else client.asked = broker.send(sync(client.id, generationId, sharesFor(client.joined)), connection);
    }
  }

  private produce(partition: number, count: number): void {
    const messages = Array.from({ length: count }, () => this.nextMessage++);
    const response = this.broker.ask<ProduceResponse>(produce(messages, { partition }), 40)!;
    const { baseOffset } = response.responses[0].partitionResponses[0];
    const log = this.logs[partition];
    if (baseOffset !== log.length) this.broken.push(`offset ${baseOffset} instead of ${log.length}`);
    log.push(...messages);
  }

  private deleteBefore(partition: number, offset: number): void {
    const request = {
      type: 'DeleteRecordsRequest',
      topics: [{ name: 'orders', partitions: [{ partitionIndex: partition, offset }] }],
    } as const;
    this.broker.ask<DeleteRecordsResponse>(request, 40);
  }

  private crash(): void {
    this.broker.crash();
    this.broker.start();
    this.fetches = [];
    for (const client of this.clients) client.asked = 0;
  }

  /** Reads the answers that have come. */
  private hear(): void {
    for (const client of this.clients) {
      const answer = client.asked === 0 ? undefined : this.broker.answerTo<KafkaResponse>(client.asked);
      if (!answer) continue;
      client.asked = 0;
      if (answer.type === 'JoinGroupResponse') this.heardJoin(client, answer);
      else if (answer.type === 'SyncGroupResponse') this.heardSync(client, answer);
      else if (answer.type === 'HeartbeatResponse') rejoinIfTold(client, answer.errorCode);
    }
    this.fetches = this.fetches.filter((asked) => !this.heardFetch(asked));
  }

  private heardJoin(client: Client, answer: JoinGroupResponse): void {
    const { errorCode, memberId } = answer;
    if (errorCode === 'MEMBER_ID_REQUIRED') client.id = memberId;
    else if (errorCode === 'NONE') Object.assign(client, { joined: answer, synced: false });
    else Object.assign(client, stranger);
  }

  private heardSync(client: Client, { errorCode, assignment }: SyncGroupResponse): void {
    rejoinIfTold(client, errorCode);
    if (errorCode !== 'NONE') return;
    client.synced = true;
    for (const number of assignment.orders ?? []) {
      const place = `${client.joined!.generationId}/${number}`;
      const owner = this.owners.get(place) ?? client.id;
      if (owner !== client.id) this.broken.push(`${place} belongs to ${owner} and to ${client.id}`);
      this.owners.set(place, client.id);
    }
  }

  /** A fetch brings what was appended there, without a gap, from a batch that holds the offset on. */
  private heardFetch({
    asked,
    partition,
    offset,
  }: {
    asked: number;
    partition: number;
    offset: number;
  }): boolean {
    const answer = this.broker.answerTo<FetchResponse>(asked);
    if (!answer) return false;
    const [{ errorCode, batches }] = answer.responses[0].partitions;
    if (errorCode === 'OFFSET_OUT_OF_RANGE') {
      if (offset >= this.broker.state.topics.get('orders')!.partitions[partition].logStart) {
        this.broken.push(`offset ${offset} was refused and is in the log`);
      }
      return true;
    }
    const got = batches.flatMap(({ records }) => records.map(({ message }) => message));
    const from = batches[0]?.baseOffset ?? offset;
    const expected = this.logs[partition].slice(from, from + got.length);
    const holdsOffset = batches.length === 0 || (from <= offset && offset <= batches[0].lastOffset);
    if (!holdsOffset || got.some((message, index) => message !== expected[index])) {
      this.broken.push(`fetch at ${offset} brought ${got.join()} from ${from} on`);
    }
    return true;
  }

  private checkStarts(): void {
    this.broker.state.topics.get('orders')!.partitions.forEach(({ logStart }, index) => {
      if (logStart < this.starts[index]) this.broken.push('the log start went back');
      this.starts[index] = logStart;
    });
  }

  private placeIn(partition: number, at: number): number {
    const start = this.starts[partition];
    const end = this.logs[partition].length;
    return Math.min(end, start + Math.floor(at * (end - start + 1)));
  }
}

const stranger = { id: '', joined: null, synced: false };

/** What every client does with an error from its coordinator: join again, as somebody new if it is not known. */
function rejoinIfTold(client: Client, errorCode: string): void {
  if (errorCode === 'UNKNOWN_MEMBER_ID') Object.assign(client, stranger);
  else if (errorCode !== 'NONE') client.joined = null;
}

/** What a leader sends: every partition to exactly one member. Nothing from the others. */
function sharesFor({ members }: JoinGroupResponse): Record<string, number[]> {
  const shares: Record<string, number[]> = {};
  if (members.length === 0) return shares;
  for (const { memberId } of members) shares[memberId] = [];
  for (let number = 0; number < partitions; number++)
    shares[members[number % members.length].memberId].push(number);
  return shares;
}
