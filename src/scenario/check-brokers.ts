/** What must fit together in the brokers of a scenario, beyond what each field may hold. */
import { isQueueArgument } from '../brokers/rabbitmq/argument-names';
import { BadContent } from './bad-content';
import { checkFunctions, checkSubscriptions } from './check-aws';
import type { BrokerSpec, KafkaSpec, RabbitSpec, ServiceSpec } from './scenario';

/** Each on its own is within bounds; together they would still fill the memory. */
const partitionsMax = 2000;

/** Throws BadContent at the first thing that does not. */
export function checkBrokers(brokers: readonly BrokerSpec[], services: readonly ServiceSpec[]): void {
  for (const broker of brokers) {
    if (broker.kind === 'kafka') checkKafka(broker);
    else if (broker.kind === 'rabbitmq') checkRabbit(broker);
    else if (broker.kind === 'sqs') unique('queues', names(broker.queues), broker.name);
    else if (broker.kind === 'sns') {
      unique('topics', names(broker.topics), broker.name);
      checkSubscriptions(broker, brokers);
    } else {
      unique('functions', names(broker.functions), broker.name);
      checkFunctions(broker, brokers, services);
    }
  }
  const partitions = brokers
    .flatMap((broker) => (broker.kind === 'kafka' ? broker.topics : []))
    .reduce((sum, one) => sum + one.partitions, 0);
  if (partitions > partitionsMax)
    throw new BadContent(
      'absurd',
      `${partitions} partitions are more than ${partitionsMax}`,
      'scenario.brokers',
    );
}

/** Throws BadContent when a name is there twice. */
export function unique(things: string, given: readonly string[], where: string): void {
  const known = new Set<string>();
  for (const one of given) {
    if (known.has(one)) throw new BadContent('notValid', `two ${things} are called "${one}"`, where);
    known.add(one);
  }
}

function checkKafka({ name: broker, nodes = 1, topics }: KafkaSpec): void {
  for (const { name: topic, replicationFactor: copies = 1 } of topics)
    if (copies > nodes)
      throw new BadContent('notValid', `${copies} copies of "${topic}" need a node each`, broker);
  unique('topics', names(topics), broker);
}

/** A binding joins what the scenario declares, or an exchange that every RabbitMQ has ("amq.topic"). */
function checkRabbit({ name: broker, exchanges = [], queues = [], bindings = [] }: RabbitSpec): void {
  unique('exchanges', names(exchanges), broker);
  unique('queues', names(queues), broker);
  for (const queue of queues) checkQueueArguments(queue, broker);
  const known = { exchange: new Set(names(exchanges)), queue: new Set(names(queues)) };
  for (const exchange of names(exchanges))
    if (exchange.startsWith('amq.'))
      throw new BadContent('notValid', `"${exchange}": names that begin with amq. are RabbitMQ's own`, broker); // prettier-ignore
  for (const { source, destination, destinationType: type = 'queue' } of bindings) {
    if (!known.exchange.has(source) && !builtIn.has(source))
      throw new BadContent('notValid', `a binding comes from exchange "${source}", which is not declared`, broker); // prettier-ignore
    if (!known[type].has(destination) && !(type === 'exchange' && builtIn.has(destination)))
      throw new BadContent('notValid', `a binding leads to ${type} "${destination}", which is not declared`, broker); // prettier-ignore
  }
}

/** What RabbitMQ would take without a word and not obey. What it refuses, the broker itself says as it begins. */
function checkQueueArguments(
  { name, arguments: given = {} }: NonNullable<RabbitSpec['queues']>[number],
  broker: string,
): void {
  const refuse = (what: string): never => {
    throw new BadContent('notValid', `queue "${name}": ${what}`, broker);
  };
  for (const argument of Object.keys(given))
    if (argument.startsWith('x-') && !isQueueArgument(argument)) refuse(`there is no argument "${argument}"`);
  const limit = given['x-delivery-limit'];
  if (limit !== undefined && !Number.isInteger(limit))
    refuse(`"x-delivery-limit" is a whole number, not ${JSON.stringify(limit)}`);
  if (given['x-queue-type'] === 'quorum' && given['x-overflow'] === 'reject-publish-dlx')
    refuse('quorum queues know no "x-overflow" of "reject-publish-dlx"');
}

const builtIn: ReadonlySet<string> = new Set([
  'amq.direct',
  'amq.topic',
  'amq.fanout',
  'amq.headers',
  'amq.match',
]);

function names(things: readonly { readonly name: string }[]): string[] {
  return things.map(({ name }) => name);
}
