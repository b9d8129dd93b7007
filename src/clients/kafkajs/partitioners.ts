/** The library's partitioners, as the names by which a driver knows them; a program's own is called for what it says. */
import type { ICustomPartitioner } from 'kafkajs';
import type { PartitionerName } from '../kafka/partitioner';

function named(name: PartitionerName): ICustomPartitioner {
  const partitioner: ICustomPartitioner = () => () => {
    throw new Error(`${name} is the driver's own and is not called by hand here.`);
  };
  names.set(partitioner, name);
  return partitioner;
}

const names = new Map<ICustomPartitioner, PartitionerName>();
const DefaultPartitioner = named('DefaultPartitioner');

export const Partitioners = {
  DefaultPartitioner,
  LegacyPartitioner: named('LegacyPartitioner'),
  JavaCompatiblePartitioner: DefaultPartitioner,
};

/** null: a program's own. */
export function partitionerNameOf(create: ICustomPartitioner | undefined): PartitionerName | null {
  return create === undefined ? 'DefaultPartitioner' : (names.get(create) ?? null);
}
