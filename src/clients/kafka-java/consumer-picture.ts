import type { Look, PartPicture } from '../../kernel/part';
import { addressOf } from './consumer-metadata';
import type { ConsumerState } from './consumer-state';

/** Its place in a service's picture: what it owns, and where it reads. */
export function describeConsumer(state: ConsumerState, _look: Look): PartPicture {
  const { config } = state;
  const owned = [...state.assigned.values()];
  return {
    process: {
      group: config.groupId,
      owns: owned.map(({ topic, partition }) => addressOf(state, topic, partition)),
    },
    reads: owned
      .filter(({ state: is }) => is === 'fetching')
      .map(({ topic, partition, position }) => ({
        ...{ lane: addressOf(state, topic, partition), group: config.groupId, position },
      })),
  };
}
