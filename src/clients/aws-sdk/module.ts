/** A package of the SDK as a program imports it. */
import type { ScriptWorld } from '../script';
import { Client, commandClass, type ClientConfig, type Service } from './client';
import { NotSimulated } from './errors';

/** With a client of this name, these operations' commands and the service's errors; all else says that it is not there. */
export function moduleOf<Module extends object>(
  world: ScriptWorld,
  name: string,
  client: string,
  operations: readonly string[],
  service: Service,
): Module {
  const classes = new Map<string, unknown>(service.errors);
  for (const operation of operations) classes.set(`${operation}Command`, commandClass(operation));
  classes.set(
    client,
    class extends Client {
      constructor(config?: ClientConfig) {
        super(world, service, config);
      }
    },
  );
  return new Proxy({} as Module, {
    get(_, property) {
      const found = classes.get(String(property));
      // whoever awaits or prints a module asks it for other things
      if (found !== undefined || typeof property === 'symbol' || !/^[A-Z]/.test(property)) return found;
      throw new NotSimulated(`${property} is part of @aws-sdk/${name} that the simulation does not have.`);
    },
  });
}
