/**
 * Shapes of brokers whose messages go when they are done with: the queue of RabbitMQ (a stack), of SQS (a pile), and what
 * is before them (a switch: an exchange, an SNS topic); and what their consumers have in hand.
 */
import type { Address, Face } from './shape';
import type { Duration, Time } from './time';

/** A message ready in a RabbitMQ queue, or a record of a stream. */
export interface StackCell {
  readonly face: Face;
  /** The key it was published with. */
  readonly routingKey: string;
  /** Since when it is here (of a message that was given back: since it first came). */
  readonly since: Time;
  /** The earlier of the queue's time to live and its own; null: neither. A classic queue looks at its head only. */
  readonly expiresAt: Time | null;
  readonly redelivered: boolean;
  /** How often it was given out before, as far as the queue counts (x-delivery-count), else as the observer knows. */
  readonly deliveries: number;
  /** 0 where nobody set one. */
  readonly priority: number;
  /** Sum of the counts in x-death. */
  readonly deaths: number;
  /** What the last of them was, with deaths: "rejected", "expired", "maxlen", "delivery_limit". */
  readonly lastDeath?: string;
  readonly persistent: boolean;
  /** Of a stream. */
  readonly offset?: number;
}

export interface StackConsumer {
  readonly tag: string;
  readonly process: string;
  /** Of a single active consumer's queue: whether it is the one. Elsewhere all are. */
  readonly isActive: boolean;
  /** It is given nothing more until it acknowledges. */
  readonly isBlocked: boolean;
  readonly unacked: number;
  /** null: no limit. */
  readonly prefetch: number | null;
  readonly noAck: boolean;
  readonly priority: number;
  readonly isExclusive: boolean;
  /** Of a stream: the next offset it is given. */
  readonly offset?: number;
}

/** A node that a queue is on. */
export interface StackMember {
  /** Process of the node: "rabbit-2". */
  readonly process: string;
  /** Of a classic queue, its only node. Of others, as whoever tells of the queue knows it; a node that is down leads nothing. */
  readonly isLeader: boolean;
  /** As it really is, whatever other nodes know. */
  readonly isUp: boolean;
}

/** A RabbitMQ queue or stream: ordered, taken from the head. `rabbit/queue/email`. */
export interface Stack {
  readonly shape: 'stack';
  readonly address: Address;
  readonly name: string;
  readonly type: 'classic' | 'quorum' | 'stream';
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly ready: number;
  readonly unacked: number;
  /** Those that are ready, head first, in the order they would be given out; the first `look.cells` of them. Of a stream: those on screen, by offset. */
  readonly cells: readonly StackCell[];
  /** In the order in which they are next. */
  readonly consumers: readonly StackConsumer[];
  /** The dead-letter exchange, and the key that replaces a message's own (null: it keeps it). null: what dies is gone. */
  readonly deadLetter: { readonly exchange: Address; readonly routingKey: string | null } | null;
  /** Arguments and policies worth naming, by their real names ("x-max-length": 10). */
  readonly arguments: Readonly<Record<string, string | number | boolean>>;
  /** The latest that left it otherwise than by an acknowledgement, for as long as that is worth drawing. */
  readonly left?: {
    readonly face: Face;
    /** As in x-death; "dropped" where no exchange takes it. */
    readonly reason: string;
    readonly to: Address | null;
    readonly at: Time;
  } | null;
  /** The latest that were given back without being acknowledged: how many, whose they were. */
  readonly returned?: { readonly count: number; readonly process: string; readonly at: Time } | null;
  /** Where there are several nodes. */
  readonly members?: readonly StackMember[];
  /** With members, of a queue that is on several nodes: Raft term, as whoever tells of the queue knows it. */
  readonly term?: number;
}

/** A message in an SQS queue. */
export interface PileCell {
  readonly face: Face;
  readonly state: 'available' | 'in flight' | 'delayed';
  /** When it is visible (again); null while it is. */
  readonly until: Time | null;
  /** When it was hidden, or sent with a delay; null while it is visible. */
  readonly hiddenAt: Time | null;
  /** ApproximateReceiveCount. */
  readonly receives: number;
  /** Who received it last, if anybody did: its process. */
  readonly holder: string | null;
  readonly sentAt: Time;
  /** MessageGroupId. */
  readonly group: string | null;
}

/** An SQS queue: unordered, or in order within each group. `sqs/orders`. */
export interface Pile {
  readonly shape: 'pile';
  readonly address: Address;
  readonly name: string;
  readonly type: 'standard' | 'fifo';
  readonly available: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** The oldest `look.cells` of them, in the order they were sent, whatever their state. */
  readonly cells: readonly PileCell[];
  /** Message groups of a FIFO queue in the order they first came; a locked one gives nothing until `lockedUntil`. */
  readonly groups: readonly {
    readonly name: string;
    readonly count: number;
    readonly lockedUntil: Time | null;
  }[];
  readonly visibilityTimeout: Duration;
  readonly delay: Duration;
  readonly retention: Duration;
  readonly deadLetter: { readonly queue: Address; readonly maxReceives: number } | null;
  /** Receives that wait for something to come (long polling): by whom. */
  readonly polling: readonly { readonly process: string; readonly until: Time }[];
  /** The latest that was moved to the dead-letter queue, that expired, or that was sent again and not added. */
  readonly left?: {
    readonly face: Face;
    readonly reason: 'redriven' | 'expired' | 'duplicate';
    readonly at: Time;
  } | null;
}

/** A binding or a subscription. */
export interface Route {
  /** Unique in its switch. */
  readonly id: string;
  /** A queue, an exchange, an SQS queue; or the process that is a Lambda function's code. */
  readonly to: Address;
  /** Binding key, headers that must match, filter policy; '' where everything goes. */
  readonly label: string;
  /** How many messages it has taken. */
  readonly passed: number;
  /** Of a subscription: raw message delivery. */
  readonly isRaw?: boolean;
  /** Of a subscription: what waits to be tried again. */
  readonly retrying?: number;
  /** Of a subscription: where goes what cannot be delivered. */
  readonly deadLetter?: Address;
}

/** One input, many outputs: `rabbit/exchange/events`, `sns/order-events`. */
export interface Switch {
  readonly shape: 'switch';
  readonly address: Address;
  /** '' is the default exchange. */
  readonly name: string;
  readonly type: 'direct' | 'topic' | 'fanout' | 'headers' | 'SNS standard' | 'SNS FIFO';
  readonly routes: readonly Route[];
  /** What was published to it last, and which routes took it (by id). */
  readonly last: {
    readonly face: Face;
    readonly routingKey: string;
    readonly at: Time;
    readonly took: readonly string[];
    readonly became: 'routed' | 'alternate' | 'dropped' | 'returned';
  } | null;
  /** How many came in, and how many of them no route took. */
  readonly published: number;
  readonly unroutable: number;
  readonly durable: boolean;
  readonly internal: boolean;
  readonly autoDelete: boolean;
  readonly alternate: Address | null;
}

/** The unacknowledged messages of a consumer, in the order they were given. */
export interface Slots {
  /** Prefetch count of all its consumers together; null: no limit. */
  readonly size: number | null;
  /** At most as many as are worth drawing. */
  readonly messages: readonly SlotMessage[];
  readonly count: number;
}

export interface SlotMessage {
  readonly face: Face;
  /** The queue it goes back to: "rabbit/queue/email". */
  readonly queue: Address;
  readonly tag: number;
  readonly redelivered: boolean;
  readonly since: Time;
}

/** An execution environment of a Lambda function. */
export interface Environment {
  /** Unique among the function's, in the order they came to be. */
  readonly id: number;
  /** `cold` while it starts. One that is gone is told of for as long as its fading is worth drawing. */
  readonly state: 'cold' | 'busy' | 'idle' | 'gone';
  readonly since: Time;
  /** The batch it works on. */
  readonly faces: readonly Face[];
}
