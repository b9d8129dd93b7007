/**
 * Which part a scenario means by a kind. Folder names are the registry: `kafka.producer` is clients/kafka/producer.ts,
 * a broker of kind `kafka` is brokers/kafka/broker.ts (and controller.ts, where it has several nodes), the services of AWS are under brokers/aws; anything without a dot is a file under services/ or patterns/.
 * Brokers and their clients are loaded when a scenario needs them, services always (they are small).
 */
import type { AnyPart } from '../kernel/part';
import type { Fault } from '../kernel/world';
import { nodeCount } from './nodes';
import type { BrokerSpec, Scenario } from './scenario';

const brokerFiles = import.meta.glob<{ part: AnyPart }>([
  '../brokers/*/{broker,controller}.ts',
  '../brokers/aws/*/broker.ts',
]);
const clientFiles = import.meta.glob<{ part: AnyPart }>([
  '../clients/*/producer.ts',
  '../clients/*/consumer.ts',
  '../clients/*/share-consumer.ts',
  '../clients/aws/function.ts',
]);
const serviceFiles = import.meta.glob<{ part?: AnyPart }>(['../services/*.ts', '../patterns/*.ts'], {
  eager: true,
});
const faultFiles = import.meta.glob<{ fault?: Fault }>('../faults/*.ts', { eager: true });

const awsKinds: readonly BrokerSpec['kind'][] = ['sqs', 'sns', 'lambda'];

/** Parts by kind, as far as one scenario needs them. */
export type Registry = ReadonlyMap<string, AnyPart>;

const services = new Map<string, AnyPart>();
for (const { part } of Object.values(serviceFiles)) if (part) services.set(part.machine.kind, part);

export const faults = new Map<string, Fault>();
for (const { fault } of Object.values(faultFiles)) if (fault) faults.set(fault.name, fault);

/** Loads what the scenario names. Throws with the process and kind if there is no such thing. */
export async function loadRegistry(scenario: Scenario): Promise<Registry> {
  const registry = new Map(services);
  const wanted: { kind: string; where: string; load: (() => Promise<{ part: AnyPart }>) | undefined }[] = [];
  for (const broker of scenario.brokers) {
    const { kind, name } = broker;
    const folder = `../brokers/${awsKinds.includes(kind) ? `aws/${kind}` : kind}`;
    wanted.push({ kind: `${kind}.broker`, where: name, load: brokerFiles[`${folder}/broker.ts`] });
    const controller = brokerFiles[`${folder}/controller.ts`];
    if (nodeCount(broker) > 1 && controller)
      wanted.push({ kind: `${kind}.controller`, where: name, load: controller });
  }
  for (const service of scenario.services) {
    for (const { kind } of service.parts) {
      if (services.has(kind)) continue;
      const [family, role] = kind.split('.');
      wanted.push({ kind, where: service.name, load: clientFiles[`../clients/${family}/${role}.ts`] });
    }
  }
  for (const { kind, where, load } of wanted) {
    if (registry.has(kind)) continue;
    if (!load) throw new UnknownKind(kind, where, [...services.keys()]);
    registry.set(kind, (await load()).part);
  }
  return registry;
}

/** Content mistake: the scenario names a kind that does not exist. */
export class UnknownKind extends Error {
  override readonly name = 'UnknownKind';
  constructor(kind: string, where: string, known: readonly string[]) {
    super(
      `"${where}" asks for a "${kind}", which does not exist. Known services: ${[...known].sort().join(', ')}.`,
    );
  }
}
