import type { Box, Item } from '../layout/scene';
import type { StageWords } from '../words.en';
import { boxAround, type Drawing } from './draw-list';

/** More than this is a swarm, not a choice. */
const chosenMax = 40;
/** Below everything that stands. */
const movingRow = 1_000_000;

/** What moves can be chosen like anything else, while there is little of it. */
export function itemsOf({ tokens }: Drawing, words: StageWords): Item[] {
  if (tokens.length > chosenMax) return [];
  return tokens.map((token): Item => {
    const { message, domain, label } = token.face;
    const delivery = token.delivery > 1 ? words.nth(token.delivery) : null;
    return {
      id: `token/${token.id}`,
      name: [label, words.domain[domain], words.underWay, delivery].filter(Boolean).join(', '),
      selects: { kind: 'message', message },
      box: atLeast24(boxAround(token)),
      row: movingRow,
    };
  });
}

function atLeast24({ x, y, width, height }: Box): Box {
  const [wider, higher] = [Math.max(0, 24 - width), Math.max(0, 24 - height)];
  return { x: x - wider / 2, y: y - higher / 2, width: width + wider, height: height + higher };
}
