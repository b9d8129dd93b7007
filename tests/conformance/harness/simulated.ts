/** What the simulation of every kind of broker has in common. */
import type { Script, ScriptAction } from '../../../src/clients/script';
import type { Kernel } from '../../../src/kernel/kernel';
import type { ProcessSetup } from '../../../src/kernel/process';
import { ms } from '../../../src/kernel/time';
import type { Broker, Tools } from '../define';

/** Simulated: how long a node takes to start. */
export const startMs = 3000;

/** The brokers of one scenario, and the tools by which it uses them. */
export interface SimulatedBrokers {
  readonly processes: readonly ProcessSetup[];
  /** Texts that the brokers make, and what they are called in observations. */
  readonly names: ReadonlyMap<string, string>;
  tools(script: Script, kernel: Kernel): Partial<Tools>;
}

/** What a stopped process looks like from outside: nothing goes in or out, connections stay. */
export function stall(kernel: Kernel, node: string, forMs: number): void {
  const others = kernel.processes.map(({ name }) => name).filter((name) => name !== node);
  const all =
    (verb: 'cut' | 'heal'): ScriptAction =>
    (world) =>
      others.forEach((other) => world[verb](node, other));
  kernel.addInput({ time: kernel.now, action: all('cut') });
  kernel.addInput({ time: kernel.now + ms(forMs), action: all('heal') });
}

/** A fault that this kind of broker does not have. */
export function unknownFault(fault: string, broker: Broker): () => Promise<never> {
  return () => Promise.reject(new Error(`There is no fault "${fault}" for ${broker}.`));
}
