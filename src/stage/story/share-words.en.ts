/** Sentences about the records of share groups: who has them, and what became of them. */
import type { Sentence } from './words.en';

export const shareTypes: Readonly<Record<string, Sentence>> = {
  RecordsAcquired: ({ amount, detail, group, name, position, subject }) =>
    `${name(detail)} was given records of ${subject} for ${group}, from offset ${position} on${amount > 1 ? `, delivery ${amount}` : ''}`,
  RecordAcknowledged: ({ group, position, subject }) =>
    `${group} is done with offset ${position} on ${subject}`,
  RecordReleased: ({ amount, detail, group, position, subject }) =>
    `offset ${position} on ${subject} is free again for ${group} after delivery ${amount}${why(detail)}`,
  RecordArchived: ({ amount, detail, group, position, subject }) =>
    `${group} gives offset ${position} on ${subject} to nobody any more, after delivery ${amount}${why(detail)}`,
};

function why(detail: string): string {
  return detail === '' ? '' : `: ${detail}`;
}
