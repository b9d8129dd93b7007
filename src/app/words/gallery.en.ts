/** The gallery: every shape in every condition. For those who build and check the product. */
export const gallery = {
  title: 'Gallery',
  lead: 'Every shape in every condition, from hand-made instants; and every inspector, at instants of real runs.',
  part: 'What is shown',
  parts: {
    shapes: 'Shapes',
    kafka: 'Kafka',
    rabbitmq: 'RabbitMQ',
    aws: 'SQS and SNS',
    chains: 'Chains',
    accounts: 'Accounts',
    inspectors: 'Inspectors',
  },
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  size: 'Size',
  sizes: { wide: 'Desk, 984 × 490', tight: 'Laptop, 872 × 360', phone: 'Phone, 390 × 340' },
  motion: 'Reduced motion',
  tokens: 'Domains',
  conditions: 'Conditions of a token',
  signs: 'Signs',
  flags: 'Groups: flag and line',
  face: (domain: string) => `${domain}, with label, with number, on a wire`,
  condition: (name: string) => `A token: ${name}`,
  sign: (name: string) => `Sign: ${name}`,
  flag: (index: number) => `Flag and line of group ${index}`,
  fading: 'fading, or in flight',
  selected: 'selected',
  edges: {
    plain: 'as it is',
    second: 'delivered again',
    stale: 'stale',
    ghost: 'lost',
    dead: 'dead',
    parked: 'parked',
  },
  signNames: {
    redelivered: 'again',
    skipped: 'skipped',
    copy: 'copy',
    delayed: 'delayed',
    disordered: 'out of order',
    dead: 'dead',
    slow: 'slow',
    paused: 'paused',
    rebalancing: 'rebalancing',
    pin: 'will break here',
    done: 'done',
  },
  queueCaption: '2 a second',
  queues: {
    pushed:
      'RabbitMQ: a topic exchange, priorities, a crash with three unacknowledged messages, a dead letter',
    routed: 'RabbitMQ: exchange to exchange, nodes, a stream, a message that no binding took',
    idle: 'RabbitMQ: nothing moves, a link is cut',
    hidden: 'SQS: a visibility timeout that was too short, a FIFO queue',
    fanned: 'SNS to two queues, and a Lambda function in several copies',
  },
  instants: {
    drawn: 'A crash between apply and commit, a seek, lags 2, 3, 1',
    stores: 'The same with the index that search writes',
    troubled: 'Slow, down, paused; cut and delayed links; pins and queues',
    rebalancing: 'A rebalance in progress',
    reassigned: 'After a rebalance: A reads two partitions',
    retained: 'Retention: deleted, fading, dated',
    deep: 'Thousands of records, one group far behind',
    zoomed: 'The same, zoomed out',
    crowded: 'Eight partitions, four groups',
    swarm: 'Four hundred tokens under way',
    empty: 'An empty topic',
    nothing: 'Nothing on stage',
    failed: 'An instant that cannot be drawn',
  },
  inspected: {
    empty: 'Before anything has happened',
    working: 'At work, with a pin',
    deep: 'Far behind, many records and rows',
    crashed: 'A crash between apply and commit',
    cut: 'Cut off from the broker',
    rebalancing: 'Partitions are shared out anew',
    emptied: 'An emptied store is being rebuilt',
    diverged: 'A leader is lost: its copy has what the new leader has not',
    agreed: 'It came back and cut that off',
    transacted: 'An open transaction',
    shared: 'A share group',
    reconciling: 'A group of the consumer protocol, on its way to an assignment',
  },
  chains: {
    drawn: 'Fourteen calls, one after the other: order 849 hangs',
    troubled: 'Down, crashed, slow, hanging; a cut link and a slow one',
    parallel: 'All at once',
    burst: 'A burst: more orders than can be drawn one by one',
    short: 'Six calls',
    event: 'Three steps and an event: email is down',
    both: 'The same orders through both designs',
    idle: 'Nobody has ordered anything',
  },
  accounts: {
    asked: 'Accounts: row beside log, a question the row cannot answer',
    emptyBook: 'Accounts: before the first slip',
    longLog: 'Accounts: twelve lines, every question',
    twoCases: 'Accounts: two wrong balances, one cause found, one named wrongly',
    crashedRow: 'Accounts: the same, and the row has crashed',
  },
  kafka: {
    transacted: 'Transactions: committed, aborted, and one that holds readers back',
    shared: 'A share group: every record has a fate of its own',
  },
  strips: {
    acksOne: {
      title: 'The leader is lost, acks=1: acknowledged orders are lost',
      lead: 'acks=1: the shop has its answer as soon as the leader has written. Three copies, one on each node.',
      captions: { shop: 'acks=1' },
      frames: {
        together: 'All copies are the same',
        alone: 'The followers are cut off; the leader goes on acknowledging',
        crashed: 'The leader crashes: what it alone had is out of reach',
        elected: 'Kafka 2 leads and gives the same offsets again',
        agreed: 'Kafka 1 returns and cuts off what its leader does not have',
      },
    },
    acksAll: {
      title: 'The leader is lost, acks=all: nothing acknowledged is lost',
      lead: 'acks=all: the shop has its answer when every copy in sync has the record. Three copies, one on each node.',
      captions: { shop: 'acks=all' },
      frames: {
        together: 'All copies are the same',
        alone: 'The followers are cut off; the leader writes and may not acknowledge',
        crashed: 'The leader crashes: the shop has no answer and tries again',
        elected: 'Kafka 2 leads; the shop’s orders arrive there',
        agreed: 'Kafka 1 returns and cuts off what was never acknowledged',
      },
    },
    eager: {
      title: 'A third consumer comes, eager: everybody stops',
      lead: 'The classic protocol as kafkajs does it: a rebalance ends when all have joined again, and nobody who has joined reads.',
      captions: {},
      frames: {
        before: 'A reads two partitions, B one',
        come: 'C has joined and waits; A and B have not heard of it yet',
        heard: 'B has heard: it gives its partition up, joins and waits',
        stopped: 'All have joined: nobody reads',
        after: 'Each has its share',
      },
    },
    cooperative: {
      title: 'A third consumer comes, cooperative: only what moves stops',
      lead: 'The classic protocol with CooperativeStickyAssignor: two rebalances, the first to give up, the second to take.',
      captions: {},
      frames: {
        before: 'A reads two partitions, B one',
        come: 'C has joined and waits; A and B read on',
        given: 'A has given partition 2 up; nobody has it yet',
        second: 'A second rebalance, and still A and B read on',
        after: 'C has partition 2',
      },
    },
    consumer: {
      title: 'A third consumer comes, the consumer protocol: member by member',
      lead: 'KIP-848: the broker makes the assignment, and tells each member with its next heartbeat. There is no barrier.',
      captions: {},
      frames: {
        before: 'B reads two partitions, A one',
        come: 'C is to have partition 1; B does not know yet',
        told: 'B is told with its heartbeat, and gives it up',
        free: 'It is free; C hears of it with its own next heartbeat',
        after: 'C has partition 1; A never noticed',
      },
    },
    share: {
      title: 'A share group: one record a time to whoever is free',
      lead: 'Three packers take records of one partition (KIP-932). Every record is acquired, and then acknowledged or free again.',
      captions: {},
      frames: {
        shared: 'Each packer has a record; one that came later is done already',
        crashed: 'Packer B crashes with a record in its hands',
        released: 'The broker has lost it, and the record is free again',
        again: 'Packer A is given it: the second delivery',
        settled: 'It is done; the flag goes on past it',
      },
    },
    rejected: {
      title: 'Order, topic exchange, queue: rejected, and kept among the dead letters',
      lead: 'A topic exchange routes by key. The packer holds two messages at a time, cannot handle OC03, and rejects it.',
      captions: { shop: '2 a second' },
      frames: {
        routed: 'eu.* goes to Europe, us.* to America; jp.jar has no binding',
        unacked: 'What the packer was given lies in its slots, tied to the queue',
        rejected: 'OC03 cannot be handled: it leaves by the door',
        kept: 'It lies in the queue of dead letters; the rest is acknowledged and gone',
      },
    },
    timeout: {
      title: 'SQS: a visibility timeout that runs out twice',
      lead: 'The worker never deletes OC02. After two receives the queue moves it to the dead-letter queue.',
      captions: { shop: '1 a second' },
      frames: {
        hidden: 'OC02 was received, failed, and is hidden until its timeout is over',
        again: 'It was visible again, and received a second time',
        moved: 'The next receive moves it to the dead-letter queue',
      },
    },
    lock: {
      title: 'SQS FIFO: a group is locked while one of it is in flight',
      lead: 'Two workers, three message groups. The groups go on beside each other, and each in its own order.',
      captions: { shop: '2 a second' },
      frames: {
        locked: 'Anna and Ben each have a message in flight: their lanes are locked',
        next: 'Deleted: the lane is free, and its next message is given out',
        order: 'Every group in its order',
      },
    },
    fan: {
      title: 'SNS to two queues; Lambda takes from one of them',
      lead: 'Each publish becomes a message in both queues. The function runs in as many environments as there are batches.',
      captions: { shop: '2 a second' },
      frames: {
        copied: 'One message is on its way to two queues',
        multiplied: 'One environment is not enough: more have started',
        idle: 'Nothing is left to do; environments wait for a while',
      },
    },
  } as Record<
    | 'acksOne'
    | 'acksAll'
    | 'eager'
    | 'cooperative'
    | 'consumer'
    | 'share'
    | 'rejected'
    | 'timeout'
    | 'lock'
    | 'fan',
    {
      title: string;
      lead: string;
      captions: Record<string, string>;
      frames: Record<string, string>;
    }
  >,
  failure: 'partition 2 has no address.',
} as const;
