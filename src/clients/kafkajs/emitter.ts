/** `on(event, listener)`: listeners hear of what happens, and their errors are their own. */
import type { RequestAnswered } from '../kafka/cluster';
import type { ScriptWorld } from '../script';
import { KafkaJSNonRetriableError } from './errors';
import { epochMs } from './messages';

export interface LibraryEvent {
  readonly id: number;
  readonly type: string;
  readonly timestamp: number;
  readonly payload: unknown;
}
type Listener = (event: LibraryEvent) => unknown;

export class Emitter {
  /** "consumer.events.CRASH" … → "consumer.crash" … */
  readonly events: Readonly<Record<string, string>>;
  private readonly of: string;
  private readonly world: ScriptWorld;
  private readonly listeners = new Map<string, Set<Listener>>();
  private lastId = 0;

  constructor(of: string, names: readonly string[], world: ScriptWorld) {
    this.of = of;
    this.world = world;
    this.events = Object.fromEntries(names.map((name) => [name, `${of}.${nameOf(name)}`]));
  }

  on(event: string, listener: Listener): () => void {
    if (!Object.values(this.events).includes(event)) {
      const keys = Object.keys(this.events).map((name) => `${this.of}.events.${name}`);
      throw new KafkaJSNonRetriableError(`Event name should be one of ${keys.join(', ')}`);
    }
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit(name: string, payload: unknown = null): void {
    const type = this.events[name];
    const timestamp = epochMs + Math.floor(this.world.now / 1000);
    const event = { id: this.lastId++, type, timestamp, payload };
    for (const listener of this.listeners.get(type) ?? []) listenerHears(listener, event);
  }
}

/** At once. What a listener throws, now or later, is logged by the library and goes nowhere. */
function listenerHears(listener: Listener, event: LibraryEvent): void {
  try {
    void Promise.resolve(listener(event)).catch(() => undefined);
  } catch {
    return;
  }
}

function nameOf(name: string): string {
  return name.startsWith('REQUEST') ? `network.${name.toLowerCase()}` : name.toLowerCase();
}

/** What the library tells of a request that was answered (network/requestQueue). Sizes are not simulated. */
export function requestPayload({ api, host, correlationId, sentAt, at }: RequestAnswered): object {
  const [sent, answered] = [sentAt, at].map((time) => epochMs + Math.floor(time / 1000));
  return {
    ...{ apiName: api, broker: `${host}:9092`, correlationId, createdAt: sent, sentAt: sent },
    ...{ duration: answered - sent, pendingDuration: 0, size: 0 },
  };
}
