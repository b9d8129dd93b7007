/** What of the library is not offered, in one table, and the error that says so. */
import { NotSimulated } from './errors';

const notOffered = {
  producer: ['logger'],
  consumer: ['logger'],
  admin: [
    'describeAcls', 'createAcls', 'deleteAcls',
    'alterPartitionReassignments', 'listPartitionReassignments', 'logger',
  ],
} as const; // prettier-ignore

/** The client, with a method for everything that is not offered that throws NotSimulated. */
export function refuse<Client extends object>(kind: keyof typeof notOffered, client: Client): Client {
  for (const name of notOffered[kind])
    Object.defineProperty(client, name, {
      value: () => {
        throw new NotSimulated(`${kind}.${name}() is part of kafkajs that the simulation does not have.`);
      },
    });
  return client;
}
