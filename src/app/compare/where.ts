/** Where an order is at an instant, as its broker and its workers say: for the last column of the table. */
import type { MessageId } from '../../kernel/bodies';
import type { Process } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { brokerIn } from './sampling';

export type Place =
  | { readonly is: 'nowhere' }
  | { readonly is: 'log'; readonly partition: number; readonly offset: number; readonly isCommitted: boolean; readonly reader: string | null }
  | { readonly is: 'ready'; readonly ahead: number }
  | { readonly is: 'underway'; readonly to: string }
  | { readonly is: 'held'; readonly by: string }
  | { readonly is: 'visible' }
  | { readonly is: 'hidden'; readonly until: Time; readonly receives: number }; // prettier-ignore

export function placeOf(message: MessageId, { shapes, tokens }: Pick<View, 'shapes' | 'tokens'>): Place {
  const { lanes, stack, pile } = brokerIn(shapes);
  for (const { index, cells, pointers } of lanes) {
    const cell = cells.find(({ face }) => face.message === message);
    if (!cell) continue;
    const [pointer] = pointers;
    const isCommitted = (pointer?.committed ?? 0) > cell.offset;
    return { is: 'log', partition: index, offset: cell.offset, isCommitted, reader: pointer?.owner ?? null };
  }
  const inPile = pile?.cells.find(({ face }) => face.message === message);
  if (inPile)
    return inPile.until === null
      ? { is: 'visible' }
      : { is: 'hidden', until: inPile.until, receives: inPile.receives };
  const ahead = stack?.cells.findIndex(({ face }) => face.message === message) ?? -1;
  if (ahead >= 0) return { is: 'ready', ahead };
  const processes = shapes.filter((shape): shape is Process => shape.shape === 'process');
  const holder = processes.find(({ slots }) => slots?.messages.some(({ face }) => face.message === message));
  if (holder) return { is: 'held', by: holder.name };
  const token = tokens.find(({ faces }) => faces.some((face) => face.message === message));
  const to = processes.find(({ address }) => address === token?.to);
  return token ? { is: 'underway', to: to?.name ?? '' } : { is: 'nowhere' };
}
