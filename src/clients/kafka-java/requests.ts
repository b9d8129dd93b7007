/**
 * One request at a time to whichever broker is named, in promises: what the admin client's calls stand on. What the
 * library tries again by itself is tried again here, with its waits (KafkaAdminClient.java, ExponentialBackoff.java).
 */
import type { ErrorCode, KafkaResponse, MetadataResponse } from '../../brokers/kafka/protocol';
import { ms } from '../../kernel/time';
import { machine, type Ask, type Asked, type BareRequest } from '../kafka/requests';
import { scriptPart, type Driver, type ScriptWorld } from '../script';
import { errorOf, retriable, thrownFor } from './exceptions';

type Answer<Type extends KafkaResponse['type']> = Extract<KafkaResponse, { readonly type: Type }>;

/** Where a facade's clients are: the world, and the brokers they are told of. */
export interface Surroundings {
  readonly world: ScriptWorld;
  /** Processes of brokers to ask first. */
  readonly hosts: readonly string[];
}

/** default.api.timeout.ms, retry.backoff.ms, retry.backoff.max.ms. Milliseconds. */
const apiTimeoutMs = 60_000;
const backoffMs = 100;
const backoffMaxMs = 1000;

/** A code in an answer, on its way to become an exception or another try. */
class Coded extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export class Requests {
  private driver: Driver | null = null;
  private lastTicket = 0;
  private readonly waiting = new Map<number, (answer: Asked['answer']) => void>();

  constructor(
    private readonly at: Surroundings,
    private readonly clientId: string,
  ) {}

  /** Asks once. Rejects with what `again` understands. */
  async ask<Type extends KafkaResponse['type']>(
    type: Type,
    request: BareRequest,
    host: string,
  ): Promise<Answer<Type>> {
    const { hosts, world } = this.at;
    const options = { broker: hosts[0], brokers: hosts.join(' '), clientId: this.clientId };
    this.driver ??= world.start(this.clientId, machine, options, (command) => this.hear(command as Asked));
    const ticket = ++this.lastTicket;
    const { driver } = this;
    const answer = await new Promise<Asked['answer']>((resolve) => {
      this.waiting.set(ticket, resolve);
      const ask: Ask = { type: 'Ask', ticket, replyTo: scriptPart, host, request };
      driver.tell(ask);
    });
    if ('failure' in answer) throw new Coded('NETWORK_EXCEPTION');
    return answer.response as Answer<Type>;
  }

  /** Tries until it is well, until what it throws is not worth another try, or until the call has taken too long. */
  async again<Result>(attempt: (tries: number) => Promise<Result>): Promise<Result> {
    const { world } = this.at;
    const until = world.now + ms(apiTimeoutMs);
    for (let tries = 0, wait = backoffMs; ; tries++, wait = Math.min(2 * wait, backoffMaxMs)) {
      try {
        return await attempt(tries);
      } catch (error) {
        if (!(error instanceof Coded)) throw error;
        if (retriable(error.code) === 'never' || world.now + ms(wait) > until)
          throw errorOf(thrownFor(error.code));
        await world.sleep(ms(wait));
      }
    }
  }

  /** The same with any broker: with each in turn. */
  anywhere<Type extends KafkaResponse['type']>(
    type: Type,
    request: BareRequest,
    verify: (answer: Answer<Type>) => void = () => undefined,
  ): Promise<Answer<Type>> {
    const { hosts } = this.at;
    return this.again(async (tries) => {
      const answer = await this.ask(type, request, hosts[tries % hosts.length]);
      verify(answer);
      return answer;
    });
  }

  /** Asks the coordinator of a group or transactional id, and looks for it anew each time. */
  coordinated<Type extends KafkaResponse['type']>(
    key: string,
    type: Type,
    request: BareRequest,
    verify: (answer: Answer<Type>) => void,
  ): Promise<Answer<Type>> {
    return this.again(async () => {
      const find = { type: 'FindCoordinatorRequest', key, keyType: 0 } as const;
      const found = await this.anywhere('FindCoordinatorResponse', find, ({ errorCode }) => check(errorCode));
      const answer = await this.ask(type, request, found.host);
      verify(answer);
      return answer;
    });
  }

  async metadata(topics: readonly string[]): Promise<MetadataResponse> {
    const request = { type: 'MetadataRequest', topics, allowAutoTopicCreation: false } as const;
    return this.anywhere('MetadataResponse', request);
  }

  close(): void {
    this.driver?.kill();
    this.driver = null;
  }

  private hear({ ticket, answer }: Asked): void {
    const resolve = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    resolve?.(answer);
  }
}

/** Throws what `again` understands. */
export function check(errorCode: ErrorCode): void {
  if (errorCode !== 'NONE') throw new Coded(errorCode);
}
