/** What FIDELITY.md says that no recording can: where the simulation is known to differ, and what it does not have. */
import type { Broker } from './define';

export interface Known {
  readonly broker: Broker;
  readonly says: string;
  readonly why: string;
}

/** The real broker does it otherwise, and the simulation is left as it is. */
export const differences: readonly Known[] = [
  {
    broker: 'kafka',
    says: 'Where there is one node the end of a transaction is written to its partitions in the instant of the decision; a real coordinator needs some milliseconds, in which other records may be appended.',
    why: 'Nothing that is recorded hangs on it, and a lesson shows the moment as one.',
  },
  {
    broker: 'kafka',
    says: 'A client has one connection to a broker on which fetches wait by themselves; kafkajs opens a second one for them.',
    why: 'From above it looks the same, and the stage has one line fewer.',
  },
  {
    broker: 'kafka',
    says: 'A partitioner of a program’s own is asked once for a message; kafkajs asks it again at every retry.',
    why: 'It is the program’s code, and runs beside the simulation.',
  },
  {
    broker: 'kafka',
    says: 'What a request costs in bytes is estimated from its text; compression is not simulated.',
    why: 'Only limits of batches, fetches and segments hang on it.',
  },
  {
    broker: 'aws',
    says: 'Of a standard queue the order is nearly that of sending, a short poll leaves out one host of twenty, and a deleted message comes back once in a hundred thousand times: chances that can be set. AWS promises none of it and publishes no numbers.',
    why: 'Whoever relies on more than AWS promises is to be found out, and whoever learns is to see something happen.',
  },
  {
    broker: 'aws',
    says: 'Approximate numbers of messages are exact, a purge is over at once, and attributes of a queue change at once, but for DeduplicationScope; AWS takes up to a minute for each.',
    why: 'How long it takes is not published; an option makes the numbers late.',
  },
  {
    broker: 'aws',
    says: 'Deleting with a handle of an earlier receive does nothing on a standard queue. AWS says that it might not delete.',
    why: 'It is the outcome that a program must be ready for.',
  },
  {
    broker: 'aws',
    says: 'Deliveries of SNS are spread over some milliseconds, so that subscribers get a message in an order of their own; how far is ours, and so are the growing waits between 1 and 20 seconds in the middle of its schedule of retries.',
    why: 'AWS says that there is no order, how often it tries and between which bounds it waits, and gives no figures for the rest.',
  },
  {
    broker: 'aws',
    says: 'Who publishes with MessageStructure json makes a message of its own for each protocol’s text.',
    why: 'A message is what it says; the journey it belongs to stays the same.',
  },
  {
    broker: 'aws',
    says: 'A filter policy holds at once unless a scenario says otherwise; AWS speaks of up to 15 minutes.',
    why: 'What was recorded held within seconds.',
  },
  {
    broker: 'aws',
    says: 'How long Lambda needs to start an execution environment, how long one stays idle, and how long a change of an event source mapping takes are ours.',
    why: 'AWS publishes no figures.',
  },
  {
    broker: 'aws',
    says: 'All execution environments of a function are one process: when it crashes, all that runs in it ends.',
    why: 'A process is what a person can point at and break.',
  },
  {
    broker: 'aws',
    says: 'The messages of a batching window are gathered from all pollers of a mapping; pollers become more by five a second, and one fewer for each poll that finds nothing.',
    why: 'AWS says 300 a minute, and nothing about who gathers.',
  },
  {
    broker: 'aws',
    says: 'A dead letter of an asynchronous invocation is the message that the event was about, with AWS’s attributes; in reality it is the event, or a record of the invocation around it.',
    why: 'A message keeps its identity wherever it goes.',
  },
  {
    broker: 'rabbitmq',
    says: 'What a node of a cluster writes to a quorum queue’s or a stream’s log is on disk in no time, and replicas of streams are a Raft group; the real ones sync in batches, and streams have a coordinator that says who writes.',
    why: 'What is confirmed is the same: what most members have.',
  },
  {
    broker: 'rabbitmq',
    says: 'Nodes say once a second that they are there, and five seconds of silence make a leader suspected; Erlang’s aten asks ten times a second and learns what is usual.',
    why: 'Elections come in the same order of time, and an idle cluster costs less.',
  },
  {
    broker: 'rabbitmq',
    says: 'Exchanges, bindings and queues are changed under one lock of the whole cluster; a node that comes back takes over what the first node knows, also after a partition.',
    why: 'Mnesia’s locks are finer, and after a partition it leaves the choice to an administrator (cluster_partition_handling is ignore).',
  },
  {
    broker: 'rabbitmq',
    says: 'What is published without confirms to a full quorum queue that rejects publishes is taken; the real channel drops it.',
    why: 'Queues do not tell such publishes from the broker’s own.',
  },
  {
    broker: 'rabbitmq',
    says: 'A persistent message of a durable classic queue is on disk, and confirmed, one millisecond after it came, and settlements are there at once; the real queue writes when it has nothing else to do, and settlements with it.',
    why: 'Disks differ; what matters is that a crash before the confirm may lose it, and after it does not.',
  },
  {
    broker: 'rabbitmq',
    says: 'Confirms that come in one instant are sent together, and a channel that fails says first what had been confirmed by then; in the real one both depend on how its processes take turns.',
    why: 'A run has to be the same every time.',
  },
  {
    broker: 'rabbitmq',
    says: 'A queue gives a consumer without a prefetch all it has at once; the real one waits whenever 200 are not yet written to the socket.',
    why: 'Only who is first at a deep backlog hangs on it.',
  },
  {
    broker: 'rabbitmq',
    says: 'A server sends a heartbeat twice in an interval, also when it has just said something else; the real one only when it has said nothing.',
    why: 'A client counts both as a sign of life.',
  },
];

export const notModelled: readonly Pick<Known, 'broker' | 'says'>[] = [
  {
    broker: 'kafka',
    says: 'Of a cluster: the quorum of controllers (one process stands for it and forgets nothing), a shutdown in good order (a node that stops dies), moving replicas to other nodes, racks, reading from followers.',
  },
  {
    broker: 'kafka',
    says: 'Of the consumer protocol (KIP-848): groups that go from one protocol to the other while they have members, subscriptions by pattern, racks.',
  },
  {
    broker: 'kafka',
    says: 'Of share groups (KIP-932): several nodes (a share coordinator that moves), share.isolation.level read_committed, offsets set by an administrator, a limit of sessions.',
  },
  {
    broker: 'kafka',
    says: 'Of the Java client: metrics, interceptors and serializers of a program’s own, partitioners of its own, compression, reading from followers.',
  },
  { broker: 'kafka', says: 'Quotas, access control, tiered storage.' },
  {
    broker: 'aws',
    says: 'Of SQS: access policies and encryption (kept and shown, they keep nobody out), other accounts and regions, quotas of FIFO queues in high throughput, a share of processing time that makes a tenant of a fair queue noisy, what leaves AWS over the network.',
  },
  {
    broker: 'aws',
    says: 'Of SNS: subscribers by HTTP, e-mail, SMS, push and Firehose, permissions (nobody is refused, and a queue need not allow its topic), encryption, archives and replay, delivery status logs.',
  },
  {
    broker: 'aws',
    says: 'Of Lambda: packages, versions and aliases, layers, provisioned concurrency and pollers, bursts of concurrency, event sources other than SQS, on-success destinations, recursion detection, quotas of payloads.',
  },
  {
    broker: 'rabbitmq',
    says: 'Quorum queues: members that are added or removed, policies, consumer timeouts that wait beyond a minute for a majority. Streams: filters, sub-batches, their own protocol, offsets kept by the server, single active consumers.',
  },
  {
    broker: 'rabbitmq',
    says: 'Classic queues that are mirrored (3.10), Khepri (optional in 4.0), pause_minority and autoheal; a prefetch that a channel’s consumers share does not reach queues of other nodes.',
  },
  {
    broker: 'rabbitmq',
    says: 'Users and permissions (everybody is guest), virtual hosts other than "/", policies, flow control between processes, the disk alarm, frames and their sizes, tracing, plugins and other protocols.',
  },
  {
    broker: 'aws',
    says: 'Of the SDK for JavaScript: the aggregated clients (new SQS()), paginators, waiters and middleware, timeouts of requests, checking digests again; LastModified is text where the SDK has a Date.',
  },
  {
    broker: 'rabbitmq',
    says: 'Of amqplib: the callback API, TLS, credentials that are checked, connections that recover by themselves (option `recovery`), frames that are broken.',
  },
  {
    broker: 'rabbitmq',
    says: 'Of the publisher and consumer that lessons use: transactions, several acknowledgements in one, basic.get, properties of messages other than the delivery mode.',
  },
];
