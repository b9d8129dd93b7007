/**
 * The picture as data: seven shapes and the tokens that move between them. No pixels: where things stand is the
 * stage's business. Each broker describes itself with the shapes that look like it; think twice before an eighth.
 */
import type { Domain, MessageId } from './bodies';
import type { Environment, Pile, Slots, Stack, Switch } from './queue-shapes';
import type { Duration, Time } from './time';

export type * from './queue-shapes';

/** "kafka/shop-events/0", "search-a", "search-index": what a person can point at. */
export type Address = string;

/** How a message is drawn wherever it lies: shape and colour by domain, label, key below. */
export interface Face {
  readonly message: MessageId;
  readonly domain: Domain;
  readonly label: string;
  readonly key: string | null;
  readonly version: number;
}

export interface Cell {
  readonly offset: number;
  readonly face: Face;
  readonly timestamp: Time;
  /** Its segment may be deleted from this time on; null when nothing limits it yet. */
  readonly expiresAt: Time | null;
  /** Groups that applied it beyond their committed offset: work a crash would repeat. */
  readonly uncommittedBy: readonly string[];
  /** What it did to an account, where the lane is an account's log. */
  readonly entry?: Entry;
  /** It was written in a transaction: still open, or how it ended. Absent: in none. */
  readonly transaction?: { readonly producer: string; readonly is: 'open' | 'committed' | 'aborted' };
  /** What share groups hold of it; absent: none does. */
  readonly shared?: readonly Shared[];
}

/** A control record: the end of a transaction. It takes an offset, and no consumer is given it. */
export interface Marker {
  readonly offset: number;
  readonly is: 'commit' | 'abort';
  readonly producer: string;
}

/** A record as a share group holds it (KIP-932). `until`: when its lock ends, of an acquired one. */
export interface Shared {
  readonly group: string;
  readonly is: 'available' | 'acquired' | 'acknowledged' | 'archived';
  readonly deliveries: number;
  readonly process: string | null;
  readonly until: Time | null;
}

/** A line of an account's log, as money (whole dollars). */
export interface Entry {
  readonly amount: number;
  /** What the lines up to this one add up to. */
  readonly balance: number;
  /** It says that a withdrawal was refused, and moves nothing. */
  readonly isRefused: boolean;
}

/** A question that was put to a row and to a log about one account, and what each of them said. */
export interface Question {
  readonly kind: 'today' | 'after' | 'at' | 'how' | 'rule';
  readonly account: string;
  /** Of `after`: the line. Of `rule`: the fee. */
  readonly number: number | null;
  /** Of `at`: the time asked about. */
  readonly time: Time | null;
  readonly askedAt: Time;
  /** The log's answer, and the lines it was read from; null before it has come. */
  readonly log: { readonly balance: number | null; readonly lines: readonly QuestionLine[] } | null;
  /** `silent`: it has only the balance it holds today. `cannot`: that this is no answer has been said. */
  readonly row: { readonly balance: number | null; readonly says: 'answered' | 'silent' | 'cannot' } | null;
}

export interface QuestionLine {
  readonly face: Face;
  readonly amount: number;
  readonly isRefused: boolean;
}

/** Where accounts are asked about. */
export interface Desk {
  /** The newest last. */
  readonly questions: readonly Question[];
  readonly findings: readonly Finding[];
  /** Counterfoils: the slips that were written for an account, however they fared. */
  readonly slips: readonly { readonly account: string; readonly faces: readonly Face[] }[];
}

/** What was named as the cause of what an account shows. */
export interface Finding {
  readonly account: string;
  /** Kind of the fact that was named: "lost", "refused". */
  readonly names: string;
  readonly isFact: boolean;
}

/** A group's place in a lane. Offsets are *the next to read*; a pointer stands between two cells. */
export interface Pointer {
  readonly group: string;
  readonly committed: number | null;
  /** Where its present owner reads next; null when nobody does. */
  readonly position: number | null;
  /** Process that owns the lane for this group; null when nobody does. */
  readonly owner: string | null;
  /** Log end − committed; null without a commit. */
  readonly lag: number | null;
  /** Last jump by a seek, for as long as it is worth showing. */
  readonly sought: { readonly from: number; readonly to: number; readonly at: Time } | null;
  /** Of a share group: from its start offset to before `to` records are in its hands; `committed` is the start. */
  readonly shareWindow?: { readonly from: number; readonly to: number };
}

/** One node's copy of a partition, as it really is: what the nodes believe of each other may be older. */
export interface Replica {
  readonly node: number;
  /** Process of the node: "kafka-2". Its copy has the address "kafka-2/orders/0". */
  readonly process: string;
  readonly address: Address;
  readonly isLeader: boolean;
  readonly isUp: boolean;
  readonly inSync: boolean;
  readonly logStart: number;
  readonly logEnd: number;
  readonly highWatermark: number;
  /** Epoch of its last record; −1 while it has none. */
  readonly epoch: number;
  /** Within the window of the lane. Where they differ from the leader's at the same offset the logs have diverged. */
  readonly cells: readonly Cell[];
  /** What it cut off last to agree with its leader. */
  readonly truncated: {
    readonly from: number;
    readonly to: number;
    readonly at: Time;
    /** The first of them, as many as are worth drawing. */
    readonly faces?: readonly Face[];
  } | null;
}

/** Ordered cells that stay where they are, with readers beside them: a Kafka partition. */
export interface Lane {
  readonly shape: 'lane';
  readonly address: Address;
  readonly place: string;
  readonly index: number;
  readonly logStart: number;
  readonly logEnd: number;
  readonly highWatermark: number;
  /** Only those inside the window, in offset order. */
  readonly cells: readonly Cell[];
  readonly pointers: readonly Pointer[];
  readonly retention: Duration | null;
  /** It is the log of an account, and its place is the account's number. */
  readonly keeps?: 'account';
  /** First offset that a reader of committed records may not read yet; absent: no transaction has written here. */
  readonly lastStable?: number;
  /** Within the window, in offset order. */
  readonly markers?: readonly Marker[];
  /** Copies, in replica order; absent: there is one node. `cells` are then the leader's (or, while nobody leads, the longest copy's). */
  readonly replicas?: readonly Replica[];
  /** Leader epoch, with replicas. */
  readonly leaderEpoch?: number;
  /** Least number of replicas in sync for acks all, with replicas. */
  readonly minInSync?: number;
}

/** A transactional id as its coordinator knows it. */
export interface Transaction {
  readonly shape: 'transaction';
  readonly address: Address;
  readonly transactionalId: string;
  /** Process that asked for it last. */
  readonly process: string;
  readonly producerId: number;
  readonly epoch: number;
  readonly state: 'Empty' | 'Ongoing' | 'PrepareCommit' | 'PrepareAbort' | 'CompleteCommit' | 'CompleteAbort';
  /** Lanes it writes to. */
  readonly lanes: readonly Address[];
  readonly groups: readonly string[];
  /** While it is open: when it began, and when the coordinator aborts it. */
  readonly since: Time | null;
  readonly until: Time | null;
}

/** Members of a group and what they own. */
export interface Group {
  readonly shape: 'group';
  readonly address: Address;
  readonly name: string;
  readonly state:
    'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';
  readonly generation: number;
  readonly protocol: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly process: string;
    readonly owns: readonly Address[];
    /** When the coordinator gives it up unless it hears from it. */
    readonly expiresAt: Time | null;
    /** In a rebalance of the classic protocol: it has joined again, and waits for the others. */
    readonly joined?: boolean;
    /** A static member's name (group.instance.id). */
    readonly instance?: string;
    /** Of the consumer protocol (KIP-848): how far it has followed, what it is to have, what it has yet to give up. */
    readonly epoch?: number;
    readonly target?: readonly Address[];
    readonly revoking?: readonly Address[];
  }[];
  readonly lag: number;
  /** Absent: classic. */
  readonly type?: 'consumer' | 'share';
  /** Of the consumer protocol: the epoch that members are to reach; `generation` is then the group epoch. */
  readonly targetEpoch?: number;
}

/** A step of work a service is in, from `since` until (if known) `until`. */
export interface Step {
  readonly name: string;
  readonly since: Time;
  readonly until: Time | null;
}

/** A call to another process that has no answer yet: where it stands on its way. */
export interface Call {
  readonly to: Address;
  readonly face: Face;
  /** 1 for the first try. */
  readonly attempt: number;
  /** The call was sent at `since`; at `until` its caller gives up (null: never). */
  readonly since: Time;
  readonly until: Time | null;
  readonly state: 'waiting' | 'retrying';
}

/** A request in the hands of a service. */
export interface Serving {
  readonly face: Face;
  readonly since: Time;
  /** When it will answer, as far as it depends on this service alone; null: it waits for somebody else. */
  readonly until: Time | null;
  /** Hangs for far longer than usual. */
  readonly stalled: boolean;
  /** Its caller has gone: the work is done, and nobody hears of it. */
  readonly unheard: boolean;
  /** What it is at: "validate", "calls"; '' for plain work. */
  readonly step: string;
}

/** A service: what waits in it, what it works on, and how it is. */
export interface Process {
  readonly shape: 'process';
  readonly address: Address;
  readonly name: string;
  /** Part of a group, a role: how the lesson speaks of it. */
  readonly role: string;
  readonly condition: 'up' | 'down' | 'crashed' | 'slow' | 'paused';
  readonly conditionSince: Time;
  readonly incarnation: number;
  /** Named steps in order, e.g. receive, apply, commit. */
  readonly steps: readonly string[];
  readonly step: Step | null;
  readonly current: Face | null;
  readonly queued: readonly Face[];
  /** Handled but not yet settled. */
  readonly unsettled: readonly Face[];
  /** Pin: breaks before this step. */
  readonly pins: readonly string[];
  readonly group: string | null;
  /** Lanes it reads now. Of queues: those it is set up to read, also while it is down. */
  readonly owns: readonly Address[];
  /** Exchanges, queues and topics that it publishes to, also while it is down. */
  readonly publishesTo?: readonly Address[];
  /** How often it applied anything, and the last message. */
  readonly applied: number;
  readonly lastApplied: Face | null;
  /** Where it broke, when crashed: the step it never reached. */
  readonly brokeBefore: string | null;
  /** It is a desk where accounts are asked about. */
  readonly desk?: Desk;
  /** Calls it has made and that are not answered, oldest first; at most as many as are worth drawing. */
  readonly calls?: readonly Call[];
  /** Those it calls, in order, and whether one after the other or all at once. */
  readonly callees?: readonly Address[];
  readonly callMode?: 'series' | 'parallel';
  /** Requests it has in hand, oldest first; at most as many as are worth drawing. */
  readonly serving?: readonly Serving[];
  /** Of all it has in hand: how many, and how many of them are stalled. */
  readonly inHand?: number;
  readonly stalled?: number;
  /** Of all it has asked for as a client: answered well, and not. */
  readonly answered?: number;
  readonly failed?: number;
  /** Of those that failed: how many by whom it asked. */
  readonly failedBy?: Readonly<Record<Address, number>>;
  /** Of all it was asked for: how many it answered with an error. */
  readonly errors?: number;
  /** Requests a second it makes by itself. */
  readonly ratePerSecond?: number;
  /** What a RabbitMQ consumer was given and has not acknowledged. */
  readonly slots?: Slots;
  /** It is a Lambda function: where its code runs now. */
  readonly environments?: readonly Environment[];
}

export interface Row {
  readonly key: string;
  readonly version: number;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  readonly changedAt: Time;
  /** How often a write to this row was applied. */
  readonly writes: number;
  readonly face: Face | null;
  /** What the row says, where that is more to the point than its version: a balance. */
  readonly value?: string;
}

/** Rows with versions. */
export interface Store {
  readonly shape: 'store';
  readonly address: Address;
  readonly name: string;
  readonly rows: readonly Row[];
  readonly rowCount: number;
  /** When it was last emptied; null when never. */
  readonly wipedAt: Time | null;
  readonly writes: number;
}

export type Shape = Lane | Group | Transaction | Process | Store | Stack | Pile | Switch;

/** Something on its way between two addresses (a process, or a broker's lane). Its place is a function of these times and now. */
export interface Token {
  /** Unique among the tokens of one instant. */
  readonly id: string;
  readonly from: Address;
  readonly to: Address;
  readonly sentAt: Time;
  readonly arrivesAt: Time;
  /** Empty for a message that carries no body (a commit, an empty reply). */
  readonly faces: readonly Face[];
  /** What it is: "ProduceRequest", "FetchResponse". */
  readonly what: string;
  /** It stands still because its link is cut. */
  readonly held: boolean;
  /** 1 unless the token stands for many. */
  readonly weight: number;
  /** Per face: how often it was delivered to the group before; absent where nobody counts. */
  readonly redelivered?: readonly number[];
}
