import type { Item } from './scene';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads from an object: along its row, or to the nearest of the next row that has anything, so that
 * ← and → run along a wire or a strip and ↑ and ↓ change between them. Null at the edge of the picture.
 */
export function neighbour(items: readonly Item[], id: string | null, direction: Direction): Item | null {
  const current = items.find((item) => item.id === id);
  if (!current) return items[0] ?? null;
  if (direction === 'left' || direction === 'right') {
    const row = items.filter((item) => item.row === current.row);
    return row[row.indexOf(current) + (direction === 'right' ? 1 : -1)] ?? null;
  }
  const rows = [...new Set(items.map(({ row }) => row))].sort((a, b) => a - b);
  const next = rows[rows.indexOf(current.row) + (direction === 'down' ? 1 : -1)];
  if (next === undefined) return null;
  const middle = current.box.x + current.box.width / 2;
  const distance = ({ box }: Item) => Math.abs(box.x + box.width / 2 - middle);
  return items
    .filter((item) => item.row === next)
    .reduce((best, item) => (distance(item) < distance(best) ? item : best));
}
