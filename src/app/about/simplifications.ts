/**
 * Where the simulation differs from the real thing, so that nobody has to find out at work. Each line says what is
 * simplified and what the real one does. Kept beside the code it speaks of: the heads of the files named in `source`.
 */
export interface Simplification {
  readonly id: string;
  readonly area: 'kafka' | 'client' | 'service' | 'network' | 'time';
  /** Where in the source to look. */
  readonly source: string;
}

export const simplifications: readonly Simplification[] = [
  { id: 'oneBroker', area: 'kafka', source: 'src/brokers/kafka' },
  { id: 'noTransactions', area: 'kafka', source: 'src/brokers/kafka' },
  { id: 'noCompaction', area: 'kafka', source: 'src/brokers/kafka' },
  { id: 'classicGroup', area: 'kafka', source: 'src/brokers/kafka' },
  { id: 'noBytes', area: 'kafka', source: 'src/brokers/kafka/protocol.ts' },
  { id: 'diskIsSafe', area: 'kafka', source: 'src/brokers/kafka' },
  { id: 'kafkajsRules', area: 'client', source: 'src/clients/kafka' },
  { id: 'noSecurity', area: 'client', source: 'src/clients/kafka' },
  { id: 'namedSteps', area: 'service', source: 'src/services' },
  { id: 'oneCommandStore', area: 'service', source: 'src/services/store-protocol.ts' },
  { id: 'connectionsKeepOrder', area: 'network', source: 'src/kernel/network.ts' },
  { id: 'latencyFromTables', area: 'network', source: 'src/kernel/distribution.ts' },
  { id: 'oneClock', area: 'time', source: 'src/kernel/time.ts' },
];
