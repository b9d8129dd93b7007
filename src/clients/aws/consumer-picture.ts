import type { Look, PartPicture } from '../../kernel/part';
import type { Face } from '../../kernel/shape';
import type { Consumer, Held } from './consumer-state';

/** How many waiting and unsettled messages the picture names. */
const shown = 40;

/** Its place in a service's picture: the steps of work, what waits, and what a crash would repeat. */
export function describeConsumer(state: Consumer, look: Look): PartPicture {
  const { options, deleting, deletingSince, queued, receives, working } = state;
  const faces = (held: readonly Held[]): Face[] =>
    held.slice(0, shown).map(({ message }) => look.face(message.Body.message));
  const done = [...receives.values()].flatMap((receive) => receive.done);
  return {
    process: {
      steps: options.deleteFirst ? ['receive', 'delete', 'apply'] : ['receive', 'apply', 'delete'],
      ...(deleting.length > 0 ? { step: { name: 'delete', since: deletingSince, until: null } } : {}),
      group: options.queue,
      owns: [`${options.broker}/${options.queue}`],
      queued: faces(queued),
      unsettled: faces([...done, ...deleting.filter(({ id }) => !working.has(id))]),
    },
    ...(state.paused ? { condition: 'paused' as const } : {}),
  };
}
