/** What amqplib's objects inherit of Node's EventEmitter, wherever the page runs. */

type Listener = (...args: unknown[]) => void;

interface Registered {
  readonly listener: Listener;
  readonly once: boolean;
}

export class Emitter {
  private readonly registered = new Map<string, readonly Registered[]>();

  on(event: string, listener: Listener): this {
    return this.add(event, { listener, once: false });
  }
  addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }
  once(event: string, listener: Listener): this {
    return this.add(event, { listener, once: true });
  }
  prependListener(event: string, listener: Listener): this {
    this.registered.set(event, [{ listener, once: false }, ...this.of(event)]);
    return this;
  }
  off(event: string, listener: Listener): this {
    const known = this.of(event);
    const last = known.map((one) => one.listener).lastIndexOf(listener);
    this.registered.set(
      event,
      known.filter((_, index) => index !== last),
    );
    return this;
  }
  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }
  removeAllListeners(event?: string): this {
    if (event === undefined) this.registered.clear();
    else this.registered.delete(event);
    return this;
  }
  setMaxListeners(): this {
    return this;
  }
  listenerCount(event: string): number {
    return this.of(event).length;
  }
  listeners(event: string): Listener[] {
    return this.of(event).map(({ listener }) => listener);
  }
  eventNames(): string[] {
    return [...this.registered].filter(([, known]) => known.length > 0).map(([event]) => event);
  }

  /** At once. An 'error' that nobody listens to is thrown. */
  emit(event: string, ...args: unknown[]): boolean {
    const known = this.of(event);
    if (known.length === 0 && event === 'error') throw unhandled(args[0]);
    for (const { listener, once } of known) {
      if (once) this.off(event, listener);
      listener.apply(this, args);
    }
    return known.length > 0;
  }

  private of(event: string): readonly Registered[] {
    return this.registered.get(event) ?? [];
  }

  private add(event: string, one: Registered): this {
    this.registered.set(event, [...this.of(event), one]);
    return this;
  }
}

function unhandled(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(`Unhandled error. (${String(cause)})`);
}
