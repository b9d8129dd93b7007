import type { Look, PartPicture } from '../../kernel/part';
import type { Face } from '../../kernel/shape';
import { addressOf } from './consumer-metadata';
import { unknown, type Assigned, type ConsumerState } from './consumer-state';

/** How many waiting and unsettled messages the picture names. */
const shown = 40;

/** Its place in a service's picture: the steps of work, what waits, what a crash would repeat, where it reads. */
export function describeConsumer(state: ConsumerState, look: Look): PartPicture {
  const { config, handing } = state;
  const owned = [...state.assigned.values()];
  const since = handing?.committingSince ?? unknown;
  return {
    process: {
      steps: config.commitsEachPoll ? ['receive', 'apply', 'commit'] : ['receive', 'apply'],
      ...(since === unknown ? {} : { step: { name: 'commit', since, until: null } }),
      group: config.groupId,
      owns: owned.map(({ topic, partition }) => addressOf(state, topic, partition)),
      queued: (handing?.queue ?? []).slice(0, shown).map(({ message }) => look.face(message)),
      unsettled: unsettled(state, look),
    },
    reads: owned
      .filter(({ state: is }) => is === 'fetching')
      .map((one) => ({
        ...{ lane: addressOf(state, one.topic, one.partition), group: config.groupId },
        position: nextOf(state, one),
      })),
    ...(handing?.isPaused ? { condition: 'paused' as const } : {}),
  };
}

/** The next record to be handled: what was polled and waits comes before what will be polled. */
function nextOf({ handing }: ConsumerState, { topic, partition, position }: Assigned): number {
  const waiting = handing?.queue.find((one) => one.topic === topic && one.partition === partition);
  return waiting?.offset ?? position;
}

/** Handled and not committed: what a crash now would repeat. */
function unsettled({ handing, assigned }: ConsumerState, look: Look): Face[] {
  const open = (handing?.handled ?? []).filter(({ topic, partition, offset }) => {
    const one = assigned.get(`${topic}-${partition}`);
    return one !== undefined && offset >= one.committed;
  });
  return open.slice(-shown).map(({ message }) => look.face(message));
}
