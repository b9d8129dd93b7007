/** The library's KafkaShareConsumer in promises, over the share consumer that scenarios use. Calls are made one after another, as by one thread. */
import { ms } from '../../kernel/time';
import { JavaError, type Acknowledge, type JavaConfig, type JavaShareConsumer } from './api';
import { Calls } from './calls-facade';
import { readConfig } from './client-options';
import { recordOf } from './records';
import type { Surroundings } from './requests';
import { part } from './share-consumer';
import { shareSpecs } from './share-options';
import { accept, reject, release, renew, type Held, type ShareCalling } from './share-state';

const types: Readonly<Record<Acknowledge, number>> = {
  ACCEPT: accept,
  RELEASE: release,
  REJECT: reject,
  RENEW: renew,
};

export function javaShareConsumer(at: Surroundings, clientId: string, config: JavaConfig): JavaShareConsumer {
  const options = {
    ...readConfig(shareSpecs, config),
    ...{ broker: at.hosts[0], 'bootstrap.servers': at.hosts.join(' '), 'client.id': clientId },
  };
  const calls = new Calls<ShareCalling>(at, clientId, part.machine, options);
  let before: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const call = <Result>(what: ShareCalling): Promise<Result> => {
    const made = before.then(() => {
      if (isClosed) throw new JavaError('IllegalStateException', 'This consumer has already been closed.');
      return calls.call<Result>(what);
    });
    before = made.catch(() => undefined);
    return made;
  };
  return {
    subscribe: (topics) => call({ is: 'subscribe', topics }),
    poll: async (timeoutMs) => {
      const held = await call<readonly Held[]>({ is: 'poll', timeout: ms(timeoutMs) });
      return held.map(({ deliveryCount, ...record }) => ({
        ...recordOf(at.world.body(record.message), record),
        deliveryCount,
      }));
    },
    acknowledge: ({ offset, partition, topic }, type = 'ACCEPT') =>
      call({ is: 'acknowledge', spot: { topic, partition, offset }, type: types[type] }),
    commitSync: () => call({ is: 'commitSync' }),
    close: async () => {
      if (isClosed) return;
      await call({ is: 'close' });
      isClosed = true;
    },
    kill: () => {
      isClosed = true;
      return Promise.resolve(calls.driver.kill());
    },
  };
}
