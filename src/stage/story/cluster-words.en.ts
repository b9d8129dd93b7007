/** Sentences about copies of a partition: who leads, who is in sync, what a copy threw away. */
import type { Sentence } from './words.en';

const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;

export const clusterTypes: Readonly<Record<string, Sentence>> = {
  LeaderElected: ({ host, subject, position, amount, detail }) =>
    position < 0
      ? `${subject} has no leader now: no copy in sync is up`
      : `${host} ${position} leads ${subject} from now on (epoch ${amount})${
          detail === 'unclean' ? ', though it was not in sync: records may be lost' : ''
        }`,
  NodeFenced: ({ subject }) => `${subject} was not heard of in time: it takes part no more`,
  NodeUnfenced: ({ subject }) => `${subject} takes part again`,
  ReplicaFellBehind: ({ host, subject, amount, detail }) =>
    `${host} ${detail} is no longer in sync on ${subject}: ${many(amount, 'copy is', 'copies are')}`,
  ReplicaCaughtUp: ({ host, subject, amount, detail }) =>
    `${host} ${detail} is in sync again on ${subject}: ${many(amount, 'copy is', 'copies are')}`,
  LogTruncated: ({ host, subject, position, amount }) =>
    `${host} cut ${many(amount, 'record', 'records')} off its copy of ${subject}, from offset ${position} on, to agree with the leader`,
  RecordTruncated: ({ host, message, position }) =>
    `${message} is gone from the copy of ${host}, where it had offset ${position}`,
};
