import type { ScriptWorld } from '../script';
import type { Emitter } from './emitter';

/** What a listener throws goes to 'handler-error', a turn later, or to whoever made the event happen (lib/safe_emit.js). */
export function safeEmit(
  emitter: Emitter,
  world: ScriptWorld,
  event: string,
  ...values: readonly unknown[]
): void {
  try {
    emitter.emit(event, ...values);
  } catch (error) {
    if (emitter.listenerCount('handler-error') === 0) throw error;
    void world.sleep(0).then(() => emitter.emit('handler-error', error, event));
  }
}
