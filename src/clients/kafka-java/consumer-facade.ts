/** The library's KafkaConsumer in promises, over the consumer that scenarios use. Calls are made one after another, as by one thread. */
import { ms } from '../../kernel/time';
import { JavaError, type JavaConfig, type JavaConsumer } from './api';
import { Calls } from './calls-facade';
import { readConfig } from './client-options';
import { part } from './consumer';
import type { Calling, Result, Stall } from './consumer-calls';
import type { Polled } from './consumer-fetch';
import { consumerOptions } from './consumer-options';
import { recordOf } from './records';
import type { GroupMetadata } from './producer-state';
import type { Surroundings } from './requests';

type Places = readonly { readonly topic: string; readonly partition: number }[];

export function javaConsumer(at: Surroundings, clientId: string, config: JavaConfig): JavaConsumer {
  const line = new Line(at, clientId, config);
  const none = async (call: Calling): Promise<void> => void (await line.call(call));
  const consumer: JavaConsumer = {
    subscribe: (topics) => none({ is: 'subscribe', topics }),
    assign: (places: Places) => none({ is: 'assign', places }),
    poll: async (timeoutMs) => {
      const polled = await line.call<readonly Polled[]>({ is: 'poll', timeout: ms(timeoutMs) });
      return polled.map((record) => recordOf(at.world.body(record.message), record));
    },
    commitSync: (offsets) => none({ is: 'commitSync', offsets: offsets ?? null }),
    committed: (place) => line.call<number | null>({ is: 'committed', place }),
    position: (place) => line.call<number>({ is: 'position', place }),
    seek: (place, offset) => none({ is: 'seek', place, offset }),
    seekToBeginning: (places: Places) => none({ is: 'seekToBeginning', places }),
    pause: (places: Places) => none({ is: 'pause', places }),
    resume: (places: Places) => none({ is: 'resume', places }),
    assignment: () => line.call({ is: 'assignment' }),
    rebalances: () => line.call({ is: 'rebalances' }),
    groupMetadata: () => line.call({ is: 'groupMetadata' }),
    close: () => line.close(),
    kill: () => Promise.resolve(line.end()),
    pauseProcess: (forMs) => line.stall(forMs),
  };
  const { 'group.id': groupId = '', 'group.instance.id': instanceId } = config;
  groups.set(consumer, {
    groupId: String(groupId),
    groupInstanceId: instanceId === undefined ? null : String(instanceId),
  });
  return consumer;
}

/** What a consumer is set to, and does not say when it is asked for its membership. */
const groups = new WeakMap<JavaConsumer, Pick<GroupMetadata, 'groupId' | 'groupInstanceId'>>();

/** ConsumerGroupMetadata, for a producer that sends the consumer's offsets. */
export async function groupMetadataOf(consumer: JavaConsumer): Promise<GroupMetadata> {
  return { ...groups.get(consumer)!, ...(await consumer.groupMetadata()) };
}

/** The one thread that calls. */
class Line {
  private readonly calls: Calls<Calling>;
  /** The call before. */
  private before: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly at: Surroundings,
    clientId: string,
    config: JavaConfig,
  ) {
    const { hosts } = at;
    const options = {
      ...{ broker: hosts[0], 'bootstrap.servers': hosts.join(' '), 'client.id': clientId },
      ...readConfig(consumerOptions, config),
    };
    this.calls = new Calls(at, clientId, part.machine, options);
  }

  call<Value extends Result>(call: Calling): Promise<Value> {
    const made = this.before.then(() => {
      if (this.isClosed)
        throw new JavaError('IllegalStateException', 'This consumer has already been closed.');
      return this.calls.call<Value>(call);
    });
    this.before = made.catch(() => undefined);
    return made;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    await this.call({ is: 'close' });
    this.end();
  }

  end(): void {
    this.isClosed = true;
    this.calls.driver.kill();
  }

  async stall(forMs: number): Promise<void> {
    const stall: Stall = { type: 'Stall', duration: ms(forMs) };
    this.calls.driver.tell(stall);
    await this.at.world.sleep(ms(forMs));
  }
}
