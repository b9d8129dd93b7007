/** What every client of the SDK does: sends commands, tries again, gives up when it is told to, and makes errors of refusals. */
import type { ErrorResponse } from '../../brokers/aws/protocol/common';
import type { Tagged } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import type { Driver, ScriptWorld } from '../script';
import { abortError, networkError, toError, type ErrorClasses } from './errors';
import { machine, type Answered, type Call, type GiveUp, type Lost } from './http';
import { Retries } from './retry';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- inputs and outputs are typed by the library's own classes
export type Fields = Record<string, any>;

/** How one service is spoken to. */
export interface Service {
  /** Name of its process, and of its clients'. */
  readonly process: string;
  readonly errors: ErrorClasses;
  /** Its errors have a code, as the query protocol's do. */
  readonly codes: boolean;
  /** The request of this name, made of what the program wrote. */
  request(world: ScriptWorld, operation: string, input: Fields): Tagged;
  /** What the program gets, with the HTTP status when it is not 200. */
  output(
    world: ScriptWorld,
    operation: string,
    response: Fields,
    input: Fields,
  ): { readonly output: Fields; readonly status?: number };
}

/** Options of a client that the simulation goes by. */
export interface ClientConfig {
  readonly maxAttempts?: number;
}

interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/** What `new XCommand(input)` makes. */
export class Command {
  readonly input: Fields;
  static readonly operation: string = '';
  constructor(input: Fields = {}) {
    this.input = input;
  }
  get operation(): string {
    return (this.constructor as typeof Command).operation;
  }
}

export function commandClass(operation: string): typeof Command {
  const name = `${operation}Command`;
  return {
    [name]: class extends Command {
      static override readonly operation = operation;
    },
  }[name];
}

export class Client {
  readonly config: ClientConfig;
  private readonly world: ScriptWorld;
  private readonly service: Service;
  private readonly retries: Retries;
  private driver: Driver | null = null;
  private lastCall = 0;
  private readonly waiting = new Map<number, (outcome: Answered | Lost) => void>();

  constructor(world: ScriptWorld, service: Service, config: ClientConfig = {}) {
    this.world = world;
    this.service = service;
    this.config = config;
    this.retries = new Retries(config.maxAttempts);
  }

  async send(command: Command, { abortSignal }: SendOptions = {}): Promise<Fields> {
    const { world, service } = this;
    const { operation, input } = command;
    const request = service.request(world, operation, input);
    let cost = 0;
    let totalRetryDelay = 0;
    for (let attempts = 1; ; attempts++) {
      const requestId = this.requestId();
      const outcome = await this.call(request, abortSignal);
      let error: Error;
      if (outcome.type === 'Answered' && outcome.response.type !== 'ErrorResponse') {
        this.retries.succeeded(cost);
        const { output, status = 200 } = service.output(world, operation, fieldsOf(outcome.response), input);
        return { ...output, $metadata: { httpStatusCode: status, requestId, attempts, totalRetryDelay } };
      } else if (outcome.type === 'Answered')
        error = toError(service.errors, outcome.response as ErrorResponse, requestId, service.codes);
      else error = networkError(outcome.refused);
      const retry = this.retries.next(error, attempts, world.random('retry'));
      const { $metadata } = error as Error & { readonly $metadata: Fields };
      Object.assign($metadata, { attempts, totalRetryDelay });
      if (retry === null) throw error;
      ({ cost } = retry);
      totalRetryDelay += retry.waitMs;
      await world.sleep(ms(retry.waitMs));
    }
  }

  /** Nothing is kept open between calls. */
  destroy(): void {
    this.driver?.kill();
    this.driver = null;
  }

  private async call(request: Tagged, signal: AbortSignal | undefined): Promise<Answered | Lost> {
    if (signal?.aborted) throw abortError();
    const { process } = this.service;
    this.driver ??= this.world.start(`${process}-client`, machine, undefined, (heard) => {
      const outcome = heard as Answered | Lost;
      this.waiting.get(outcome.call)?.(outcome);
      this.waiting.delete(outcome.call);
    });
    const { driver } = this;
    const call = ++this.lastCall;
    return new Promise((resolve, reject) => {
      this.waiting.set(call, resolve);
      signal?.addEventListener('abort', () => {
        if (!this.waiting.delete(call)) return;
        const giveUp: GiveUp = { type: 'GiveUp', call };
        driver.tell(giveUp);
        reject(abortError());
      });
      const command: Call = { type: 'Call', call, to: process, request };
      driver.tell(command);
    });
  }

  /** In the form of a UUID. */
  private requestId(): string {
    const random = this.world.random('request ids');
    const word = () => random.bits().toString(16).padStart(8, '0');
    const [a, b, c, d] = [word(), word(), word(), word()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }
}

function fieldsOf({ type: _, ...fields }: Tagged): Fields {
  return fields;
}
