/** How a topic looks: one input, an output for each subscription. */
import type { Cargo, Look, PartPicture } from '../../../kernel/part';
import type { Tagged } from '../../../kernel/machine';
import type { Route, Switch } from '../../../kernel/shape';
import { cargoOfAws } from '../protocol/cargo';
import { resourceOf } from '../protocol/common';
import { queueNameOf, type SendMessageRequest } from '../sqs/protocol';
import type { SnsState, Subscription, Topic } from './state';

export function describe(state: SnsState, look: Look): PartPicture {
  return { shapes: [...state.topics.values()].map((topic) => switchOf(state, topic, look)) };
}

function switchOf(state: SnsState, topic: Topic, look: Look): Switch {
  const { name, isFifo, published, unroutable, last } = topic;
  return {
    shape: 'switch',
    address: `${state.name}/${name}`,
    name,
    type: isFifo ? 'SNS FIFO' : 'SNS standard',
    routes: topic.subscriptions.map((arn) => routeOf(state, state.subscriptions.get(arn)!)),
    last: last && {
      face: look.face(last.message),
      routingKey: last.group,
      at: last.at,
      took: last.took,
      became: last.took.length > 0 ? 'routed' : 'dropped',
    },
    ...{ published, unroutable },
    ...{ durable: true, internal: false, autoDelete: false, alternate: null },
  };
}

function routeOf(state: SnsState, subscription: Subscription): Route {
  const { arn, endpoint, filter, delivered, raw, redrive } = subscription;
  let retrying = 0;
  for (const delivery of state.deliveries.values())
    if (delivery.subscription === arn && delivery.failures > 0) retrying++;
  return {
    id: arn,
    to: placeOf(state, endpoint),
    label: filter?.text ?? '',
    passed: delivered,
    isRaw: raw,
    retrying,
    ...(redrive ? { deadLetter: placeOf(state, redrive.queueArn) } : {}),
  };
}

/** "sqs/orders"; of a function its name in Lambda, which alone knows the process that is its code. */
function placeOf({ settings }: SnsState, arn: string): string {
  const resource = resourceOf(arn);
  if (!resource) return arn;
  const { service, name } = resource;
  return service === 'sqs' || service === 'lambda' ? `${settings.processes[service]}/${name}` : arn;
}

/** What it sends to a queue comes out of a topic; which one, the envelope says. */
export function cargoOf(command: Tagged): readonly Cargo[] {
  if (command.type !== 'SendMessageRequest') return cargoOfAws(command);
  const { QueueUrl, Body } = command as SendMessageRequest;
  const lane = Body.envelope ? (resourceOf(Body.envelope.TopicArn)?.name ?? null) : null;
  return [{ lane, toLane: queueNameOf(QueueUrl), messages: [Body.message] }];
}
