/** The two goals of lesson 4, as drafted with it: Reading does not delete (curriculum.md 1.5). */
import type { Goal, Match } from '../../src/judge/goal';

const wipe: Match = { kind: 'changed', type: 'StoreWiped' };

/** A: make a group repeat itself. */
export const repeatYourself: Goal = {
  id: 'a',
  clauses: [
    { id: 'back', expression: { op: 'some', of: { kind: 'sought', backMin: 3 } } },
    {
      id: 'twice',
      expression: { op: 'repeated', of: { kind: 'applied' }, same: ['message', 'group'], times: 2 },
    },
    {
      id: 'no-append',
      expression: { op: 'caused', of: { kind: 'accepted' }, from: { kind: 'sought' }, expect: 'none' },
    },
  ],
};

/** B: rebuild the emptied search index. */
export const rebuild: Goal = {
  id: 'b',
  clauses: [
    {
      id: 'equal',
      expression: {
        op: 'final',
        left: { table: 'seen', role: 'search-index' },
        is: 'equal',
        right: { table: 'truth', topic: 'shop-events' },
        after: wipe,
      },
    },
    { id: 'no-publish', expression: { op: 'none', of: { kind: 'published' }, since: wipe } },
    { id: 'cache-stays', expression: { op: 'none', of: { kind: 'sought', group: 'cache' }, since: wipe } },
  ],
};
