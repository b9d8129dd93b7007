import type { Look, PartPicture } from '../../../kernel/part';
import type { Pile, PileCell } from '../../../kernel/queue-shapes';
import { seconds } from '../../../kernel/time';
import { firstOf } from './contents';
import type { Entry } from './message';
import type { Queue, SqsState } from './state';

export function describe(state: SqsState, look: Look): PartPicture {
  return { shapes: [...state.queues.values()].map((queue) => pileOf(state, queue, look)) };
}

function pileOf(state: SqsState, queue: Queue, look: Look): Pile {
  const { settings, left } = queue;
  return {
    shape: 'pile',
    address: queue.address,
    name: queue.name,
    type: queue.isFifo ? 'fifo' : 'standard',
    available: queue.available,
    inFlight: queue.inFlight,
    delayed: queue.delayed,
    cells: cellsOf(queue, look),
    groups: [...queue.groups.values()].map((group) => {
      const first = firstOf(queue, group);
      return {
        name: group.name,
        count: group.count,
        lockedUntil: first.state === 'available' ? null : first.until,
      };
    }),
    visibilityTimeout: seconds(settings.visibility),
    delay: settings.delay,
    retention: settings.retention,
    deadLetter: settings.redrive && {
      queue: `${state.name}/${settings.redrive.queue}`,
      maxReceives: settings.redrive.maxReceives,
    },
    polling: queue.waiters.map(({ process, until }) => ({ process, until })),
    left: left && { face: look.face(left.message), reason: left.reason, at: left.at },
  };
}

function cellsOf(queue: Queue, look: Look): readonly PileCell[] {
  const cells: PileCell[] = [];
  for (const entry of queue.messages.values()) {
    if (cells.length >= look.cells) break;
    cells.push(cellOf(entry, look));
  }
  return cells;
}

function cellOf({ sent, state, until, hiddenAt, receives, holder }: Entry, look: Look): PileCell {
  const isHidden = state !== 'available';
  return {
    face: look.face(sent.content.message),
    state,
    until: isHidden ? until : null,
    hiddenAt: isHidden ? hiddenAt : null,
    receives,
    holder,
    sentAt: sent.sentAt,
    group: sent.group,
  };
}
