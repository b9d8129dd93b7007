/** The Java client's place until its runner and its facade are there. */
import type { JavaClients } from '../../../src/clients/kafka-java/api';

const absent = (): never => {
  throw new Error('The Java client cannot be run yet.');
};

export const noJava: JavaClients = {
  producer: absent,
  consumer: absent,
  shareConsumer: absent,
  admin: absent,
};
