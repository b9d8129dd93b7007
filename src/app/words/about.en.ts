/** The about page. Keys of `simplified`: about/simplifications.ts. */
import type { Simplification } from '../about/simplifications';

const areas: Record<Simplification['area'], string> = {
  kafka: 'Kafka, the broker',
  client: 'Its clients',
  service: 'Services and stores',
  network: 'The network',
  time: 'Time',
};

const simplified: Readonly<Record<string, { readonly here: string; readonly real: string }>> = {
  oneBroker: {
    here: 'One broker holds one copy of every partition.',
    real: 'Partitions are replicated; a leader can change, and acks=all waits for the in-sync replicas.',
  },
  noTransactions: {
    here: 'The producers of lessons are neither idempotent nor transactional, as kafkajs is by default; the broker knows both.',
    real: 'The Java client’s producer is idempotent by default since 3.0.',
  },
  noCompaction: {
    here: 'Compaction cleans all that is due at one tick of its clock; segments are not merged.',
    real: 'Cleaner threads work through one log after another, and merge small segments.',
  },
  classicGroup: {
    here: 'Groups use the classic protocol: join, sync, heartbeat.',
    real: 'Since 4.0 a group may use the newer protocol of KIP-848, where the broker assigns partitions.',
  },
  noBytes: {
    here: 'Requests carry the real fields, but are not encoded; a record has a size and no bytes.',
    real: 'Batches are encoded, usually compressed, and checked by CRC.',
  },
  diskIsSafe: {
    here: 'What the broker has appended survives its crash.',
    real: 'It is in the page cache first. Safety comes from replication, less from the disk.',
  },
  kafkajsRules: {
    here: 'The consumer follows kafkajs: it commits after each batch it has worked through and retries as that library does.',
    real: 'The Java client commits every five seconds by default and sends heartbeats from a thread of its own.',
  },
  noSecurity: {
    here: 'No authentication, quotas or encryption.',
    real: 'All three, and they fail in ways of their own.',
  },
  namedSteps: {
    here: 'A service works in named steps, and a crash falls between two of them.',
    real: 'A process can stop between any two instructions. What can go wrong is the same; there are only more places.',
  },
  oneCommandStore: {
    here: 'A store does all the writes of one transaction at once, or none.',
    real: 'A database has isolation levels, locks and timeouts.',
  },
  connectionsKeepOrder: {
    here: 'A connection delivers in order or not at all; a cut holds messages until it heals or is given up.',
    real: 'TCP does the same with far more detail: windows, retransmission, slow start.',
  },
  latencyFromTables: {
    here: 'Delays are drawn from tables and rounded to a microsecond, so that every browser draws the same.',
    real: 'They are whatever the day brings.',
  },
  oneClock: {
    here: 'All processes read one exact clock.',
    real: 'Each machine has its own, and they disagree by milliseconds or worse.',
  },
};

export const about = {
  title: 'About',
  lead: 'At Least Once is a place to watch event-driven systems work, break and mend. It is free, has no account, and runs entirely in your browser.',
  real: {
    title: 'What is simulated',
    text: [
      'A discrete-event simulation in this page: processes that crash and restart, connections that are slow or cut, and a Kafka broker whose machines answer the requests of the real protocol with their real fields and error codes. Clients behave like the libraries people use.',
      'Nothing on screen is an animation that somebody drew. Every picture is computed from the state of the run at one instant; every verdict is computed from its history.',
      'The same scenario, seed and inputs give the same history, down to the microsecond, in every browser. That is why you can go back, fork the past, and have a fix proved on seeds you have not seen.',
    ],
  },
  fidelity: {
    title: 'Held to recordings',
    lead: 'Small programs were run with the real client library on the real broker, and what they observed was written down. The simulation runs the same programs and has to observe the same.',
    recorded: (broker: string, client: string, count: number, date: string) =>
      `${broker} with ${client}: ${count} programs, all alike. Last recorded ${date}.`,
    elsewhere: (broker: string, client: string, count: number) =>
      `${broker}, ${client}: ${count} programs, all alike. AWS could not be reached from here.`,
    differences: 'Known differences',
    notModelled: 'Not simulated at all',
  },
  simplifiedTitle: 'What is simplified',
  simplifiedLead:
    'Lessons that would be wrong because of a line in this list are not built until the line is gone.',
  here: 'Here',
  inReality: 'In reality',
  areas,
  simplified,
  notYet: 'RabbitMQ, SQS and SNS are in the works. Nothing here pretends to be them yet.',
  privacy: {
    title: 'Your data',
    text: [
      'Nothing you do leaves this browser. There is no server behind this page, no analytics, no cookie and no font or script from anywhere else; the page forbids itself such requests. After the first visit it works offline.',
      'Progress, bets and runs are kept in this browser’s database. In the settings you can take all of it with you as one file, or delete it.',
    ],
  },
  credit: {
    title: 'Credit',
    before: 'The course teaches, claim by claim, the article ',
    article: 'Event-Driven Architecture: When, Why, and How',
    after:
      ' by Ismat, published by BirJob. Where practice has moved on since, a lesson says so in a card of its own. Apache Kafka, RabbitMQ and Amazon SQS are trademarks of their owners, who have nothing to do with this page.',
  },
  licences: {
    title: 'Licences',
    text: 'The code is under the MIT licence, the lesson texts under Creative Commons Attribution 4.0. The typeface is Atkinson Hyperlegible by the Braille Institute, under the SIL Open Font License.',
    notices: 'Third-party notices',
  },
  gallery: 'For the curious: every shape of the stage in every condition.',
  galleryLink: 'Gallery',
};
