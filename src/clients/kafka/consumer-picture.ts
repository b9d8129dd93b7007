import type { Look, PartPicture } from '../../kernel/part';
import type { Face, Step } from '../../kernel/shape';
import { positionOf, unknown, type Consumer, type Owned, type Worker } from './consumer-state';

/** How many waiting and unsettled messages the picture names. */
const shown = 40;

/** Its place in a service's picture: the steps of work, what waits, what a crash would repeat, where it reads. */
export function describeConsumer(state: Consumer, look: Look): PartPicture {
  const { options, owned } = state;
  const step = commitStep(state.workers);
  return {
    process: {
      steps: options.commitFirst ? ['receive', 'commit', 'apply'] : ['receive', 'apply', 'commit'],
      ...(step ? { step } : {}),
      ...committing(state.workers, look),
      group: options.groupId,
      owns: owned.map(({ address }) => address),
      queued: queued(state, look),
      unsettled: owned.flatMap((one) => unsettled(one, look)).slice(0, shown),
    },
    reads: owned
      .filter((one) => positionOf(one) !== unknown)
      .map((one) => ({ lane: one.address, group: options.groupId, position: positionOf(one) })),
    ...(state.paused ? { condition: 'paused' as const } : {}),
  };
}

function commitStep(workers: readonly Worker[]): Step | null {
  const committing = workers.find(({ committingSince }) => committingSince >= 0);
  return committing ? { name: 'commit', since: committing.committingSince, until: null } : null;
}

/** A handler that commits first has its message in hand, and has not begun. */
function committing(workers: readonly Worker[], look: Look): { current?: Face } {
  const worker = workers.find(({ stage }) => stage === 'commit before message');
  if (!worker) return {};
  return { current: look.face(worker.work!.batches[worker.batch].records[worker.record].message) };
}

/** Fetched and not yet handed to the handler: the rest of the present batches, then the batches behind them. */
function queued(state: Consumer, look: Look): Face[] {
  const faces: Face[] = [];
  for (const { work, batch, record, stage } of state.workers) {
    if (!work) continue;
    const next = stage === 'handler' || stage === 'commit before message' ? record + 1 : record;
    work.batches.slice(batch).forEach(({ records }, index) => {
      for (const { message } of index === 0 ? records.slice(next) : records) add(faces, look.face(message));
    });
  }
  for (const { batches, fetchOffset } of state.queue) {
    for (const { records, baseOffset } of batches) {
      for (const { message } of records.slice(Math.max(0, fetchOffset - baseOffset)))
        add(faces, look.face(message));
    }
  }
  return faces;
}

/** Handled and not committed: what a crash now would repeat. */
function unsettled({ handled, committed, resolved }: Owned, look: Look): Face[] {
  const faces: Face[] = [];
  for (const { records, baseOffset } of handled) {
    records.forEach(({ message }, index) => {
      const offset = baseOffset + index;
      if (offset >= committed && offset < resolved) add(faces, look.face(message));
    });
  }
  return faces;
}

function add(faces: Face[], face: Face): void {
  if (faces.length < shown) faces.push(face);
}
