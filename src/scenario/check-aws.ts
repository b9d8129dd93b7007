/** What must fit together among SQS, SNS and Lambda: whatever one of them names is there, in the process it asks. */
import { BadContent } from './bad-content';
import type { BrokerSpec, LambdaSpec, ServiceSpec, SnsSpec, SqsSpec } from './scenario';

/** Throws BadContent at a subscription whose topic or endpoint there is not. */
export function checkSubscriptions(sns: SnsSpec, brokers: readonly BrokerSpec[]): void {
  const known = new Set(sns.topics.map(({ name }) => name));
  for (const { topic, protocol, endpoint } of sns.subscriptions ?? []) {
    if (!known.has(topic))
      throw new BadContent('notValid', `a subscription is to topic "${topic}", which there is not`, sns.name);
    const process = processOf(sns, protocol);
    const isThere =
      protocol === 'sqs'
        ? queueAt(endpoint, process, brokers) !== undefined
        : functionAt(endpoint, process, brokers);
    const what = protocol === 'sqs' ? 'queue' : 'function';
    if (!isThere)
      throw new BadContent('notValid', `a subscription leads to "${endpoint}", which is no ${what} of "${process}"`, sns.name); // prettier-ignore
  }
}

/** Throws BadContent at a function without code, or a mapping that AWS would not make. */
export function checkFunctions(
  lambda: LambdaSpec,
  brokers: readonly BrokerSpec[],
  services: readonly ServiceSpec[],
): void {
  for (const { name, process } of lambda.functions)
    if (!services.some((service) => service.name === process))
      throw new BadContent('notValid', `function "${name}" runs in "${process}", which is no service`, lambda.name); // prettier-ignore
  for (const mapping of lambda.eventSourceMappings ?? []) checkMapping(mapping, lambda, brokers);
}

function checkMapping(
  { function: name, queue: address }: NonNullable<LambdaSpec['eventSourceMappings']>[number],
  lambda: LambdaSpec,
  brokers: readonly BrokerSpec[],
): void {
  const called = lambda.functions.find((one) => one.name === name);
  if (!called)
    throw new BadContent('notValid', `an event source mapping calls "${name}", which is no function`, lambda.name); // prettier-ignore
  const process = processOf(lambda, 'sqs');
  const queue = queueAt(address, process, brokers);
  if (!queue)
    throw new BadContent('notValid', `an event source mapping reads "${address}", which is no queue of "${process}"`, lambda.name); // prettier-ignore
  // the defaults are AWS's
  const visibility = Number(queue.attributes?.['VisibilityTimeout'] ?? 30);
  const timeout = (called.timeoutMs ?? 3000) / 1000;
  // in the words of the API
  if (visibility < timeout)
    throw new BadContent('notValid', `${address}: Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds`, lambda.name); // prettier-ignore
}

/** The process a service asks for those of another: named as that is, unless its options say otherwise. */
function processOf({ options = {} }: SnsSpec | LambdaSpec, service: 'sqs' | 'lambda'): string {
  return String(options[`${service}Process`] ?? service);
}

function queueAt(
  address: string,
  process: string,
  brokers: readonly BrokerSpec[],
): SqsSpec['queues'][number] | undefined {
  const name = nameAt(address, process, 'arn:aws:sqs:us-east-1:000000000000:');
  const broker = brokers.find((one) => one.kind === 'sqs' && one.name === process) as SqsSpec | undefined;
  return broker?.queues.find((queue) => queue.name === name);
}

function functionAt(address: string, process: string, brokers: readonly BrokerSpec[]): boolean {
  const name = nameAt(address, process, 'arn:aws:lambda:us-east-1:000000000000:function:');
  return brokers.some(
    (one) =>
      one.kind === 'lambda' && one.name === process && one.functions.some((known) => known.name === name),
  );
}

/** Name of what an ARN of the one account and region, or an address, says is in this process; null: it is elsewhere. */
function nameAt(address: string, process: string, arn: string): string | null {
  const start = [arn, `${process}/`].find((one) => address.startsWith(one));
  return start === undefined ? null : address.slice(start.length);
}
