import type { Look, PartPicture } from '../../kernel/part';
import type { SlotMessage } from '../../kernel/shape';
import type { Consumer, Held } from './consumer-state';

/** How many messages the picture names. */
const shown = 40;

/** Its place in a service's picture: the steps of work, what waits, and what it holds unacknowledged. */
export function describeConsumer(state: Consumer, look: Look): PartPicture {
  const { options, paused, stopped } = state;
  const waiting = state.waiting.slice(state.head, state.head + shown);
  return {
    process: {
      steps: stepsOf(options),
      owns: [`${options.broker}/queue/${options.queue}`],
      queued: waiting.map(({ method }) => look.face(method.message)),
      ...(options.noAck ? {} : { slots: slotsOf(state, look) }),
      ...commitFirst(state, look),
    },
    ...(paused || stopped ? { condition: 'paused' as const } : {}),
  };
}

function stepsOf({ noAck, ackFirst }: Consumer['options']): readonly string[] {
  if (noAck) return ['receive', 'apply'];
  return ackFirst ? ['receive', 'ack', 'apply'] : ['receive', 'apply', 'ack'];
}

/** What a crash now would have delivered again. */
function slotsOf({ jobs, waiting, head, prefetch }: Consumer, look: Look) {
  const begun = jobs.filter(({ isSettled, isStale }) => !isSettled && !isStale).map(({ held }) => held);
  const held = [...begun, ...waiting.slice(head, head + shown)].slice(0, shown);
  return {
    size: prefetch === 0 ? null : prefetch,
    messages: held.map((one) => slot(one, look)),
    count: begun.length + waiting.length - head,
  };
}

function slot({ method, since }: Held, look: Look): SlotMessage {
  const { message, source, deliveryTag, redelivered } = method;
  return { face: look.face(message), queue: source, tag: deliveryTag, redelivered, since };
}

/** One that is acknowledged first is in hand, and has not begun. */
function commitFirst({ jobs }: Consumer, look: Look) {
  const job = jobs.find(({ isHandedOver }) => !isHandedOver);
  return job ? { current: look.face(job.held.method.message) } : {};
}
