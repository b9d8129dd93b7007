/**
 * Dead letters that must not be lost (rabbit_fifo_dlx_worker.erl): sent to all queues they are routed to, settled when all
 * of those have them, sent again after three minutes. Ours: what is sent again goes to all of them.
 */
import { seconds } from '../../../kernel/time';
import type { DeathReason } from '../deaths';
import type { Publication, QueuePort } from '../queue-type';
import type { QuorumState } from './queue-state';

/** dead_letter_worker_publisher_confirm_timeout. */
const patience = seconds(180);

export function sendLetter(
  queue: QuorumState,
  id: number,
  publication: Publication,
  reason: DeathReason,
  port: QueuePort,
): void {
  queue.letters.set(id, { publication, reason, awaits: [] });
  port.deadLetter(queue.definition, publication, reason, id);
}

export function letterSent(queue: QuorumState, id: number, to: readonly string[], port: QueuePort): void {
  const letter = queue.letters.get(id);
  if (letter) queue.letters.set(id, { ...letter, awaits: to });
  const { name, birth } = queue.definition;
  queue.letterTimer ??= port.remind(patience, { type: 'QueueReminder', queue: name, birth, what: 'letters' });
}

/** Whether all have it now. */
export function letterTaken(queue: QuorumState, id: number, by: string): boolean {
  const letter = queue.letters.get(id);
  if (!letter) return false;
  const awaits = letter.awaits.filter((target) => target !== by);
  if (awaits.length > 0) queue.letters.set(id, { ...letter, awaits });
  else queue.letters.delete(id);
  return awaits.length === 0;
}

export function sendLettersAgain(queue: QuorumState, port: QueuePort): void {
  queue.letterTimer = null;
  for (const [id, { publication, reason }] of [...queue.letters])
    sendLetter(queue, id, publication, reason, port);
}
