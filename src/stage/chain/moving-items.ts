import type { Item } from '../layout/scene';
import { displayName } from '../names';
import type { MovingDrawing } from './moving';
import type { ChainWords } from './words.en';

/** More than this is a swarm, not a choice. */
const chosenMax = 40;
/** Below everything that stands. */
const movingRow = 1_000_000;

/** What moves can be chosen like anything else, while there is little of it. */
export function movingItems({ tokens }: MovingDrawing, words: ChainWords): Item[] {
  if (tokens.length > chosenMax) return [];
  return tokens.map(({ id, x, y, face, held, where }): Item => ({
    id: `token/${id}`,
    name: [
      'at' in where
        ? words.saysAt(face.label, displayName(where.at))
        : words.saysBetween(face.label, displayName(where.from), displayName(where.to)),
      held ? words.saysUnheard : null,
    ]
      .filter(Boolean)
      .join(', '),
    selects: { kind: 'message', message: face.message },
    box: { x: x - 12, y: y - 12, width: 24, height: 24 },
    row: movingRow,
  }));
}
