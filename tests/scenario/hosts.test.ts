import { afterAll, describe } from 'vitest';
import { createLocalHost } from '../../src/scenario/local-host';
import { createWorkerHost } from '../../src/scenario/worker-host';
import { serveHosts } from '../../src/scenario/worker-serve';
import { hostContract } from '../helpers/host-contract';

describe('a run in this thread', () => {
  hostContract(createLocalHost);
});

describe('a run behind a message port', () => {
  const ports: MessagePort[] = [];
  afterAll(() => ports.forEach((port) => port.close()));
  hostContract((recording) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    port1.start();
    port2.start();
    serveHosts(port2);
    return createWorkerHost(port1, recording);
  });
});
