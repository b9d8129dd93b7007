/** SQS, SNS and Lambda, simulated, with the SDK for JavaScript v3. Each service is one process that never fails. */
import { part as lambda } from '../../../src/brokers/aws/lambda/broker';
import { accountId, region } from '../../../src/brokers/aws/protocol/common';
import { part as sns } from '../../../src/brokers/aws/sns/broker';
import { part as sqs } from '../../../src/brokers/aws/sqs/broker';
import { awsSdk } from '../../../src/clients/aws-sdk';
import type { AnyPart } from '../../../src/kernel/part';
import type { ConformanceScenario, Faults } from '../define';
import { unknownFault, type SimulatedBrokers } from './simulated';

const services = ['sqs', 'sns', 'lambda'] as const;
const parts: Readonly<Record<(typeof services)[number], AnyPart>> = { sqs, sns, lambda };

export function simulatedAws({ cluster }: ConformanceScenario): SimulatedBrokers {
  return {
    processes: services.map((name) => ({
      name,
      restartAfter: null,
      parts: [{ name: 'broker', machine: parts[name].machine, options: specOf(name, cluster?.config) }],
    })),
    // what differs from account to account
    names: new Map([[`:${region}:${accountId}:`, ':<region>:<account>:']]),
    tools: (script) => ({ aws: awsSdk(script), fault: faults }),
  };
}

/** Nothing is there before the program makes it. "sqs.name" is the option `name` of SQS. */
function specOf(service: (typeof services)[number], config: Readonly<Record<string, unknown>> = {}): object {
  const prefix = `${service}.`;
  const options = Object.fromEntries(
    Object.entries(config)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
  const empty = { sqs: { queues: [] }, sns: { topics: [] }, lambda: { functions: [] } }[service];
  return { name: service, kind: service, ...empty, options };
}

const faults: Faults = {
  cut: unknownFault('cut', 'aws'),
  dropResponse: unknownFault('dropResponse', 'aws'),
  crash: unknownFault('crash', 'aws'),
  start: unknownFault('start', 'aws'),
  pause: unknownFault('pause', 'aws'),
  restart: unknownFault('restart', 'aws'),
  memoryAlarm: unknownFault('memoryAlarm', 'aws'),
};
