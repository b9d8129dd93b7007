/**
 * The Java client library (kafka-clients 4.3.1) as scripts use it, over drivers in processes of their own, in simulated
 * time. Behind the same contract the real library runs (tests/conformance/java).
 */
import type { ScriptWorld } from '../script';
import { javaAdmin } from './admin';
import type { JavaClients } from './api';
import { groupMetadataOf, javaConsumer } from './consumer-facade';
import { javaProducer } from './producer-facade';
import { javaRaw } from './raw-facade';
import type { Surroundings } from './requests';
import { javaShareConsumer } from './share-facade';

/** `hosts`: processes of brokers that a client asks first, its bootstrap.servers. */
export function javaClients(world: ScriptWorld, hosts: readonly string[]): JavaClients {
  const at: Surroundings = { world, hosts };
  return {
    producer: (clientId, config = {}) => javaProducer(at, clientId, config, groupMetadataOf),
    consumer: (clientId, config) => Promise.resolve(javaConsumer(at, clientId, config)),
    shareConsumer: (clientId, config) => Promise.resolve(javaShareConsumer(at, clientId, config)),
    admin: (clientId) => Promise.resolve(javaAdmin(at, clientId)),
    raw: (clientId) => Promise.resolve(javaRaw(at, clientId)),
  };
}
