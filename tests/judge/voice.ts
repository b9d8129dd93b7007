/** How the tests speak: a few names, simulated seconds, plain milliseconds. */
import type { Clause, Expression } from '../../src/judge/goal';
import { clauseSentence, type Voice } from '../../src/judge/sentence';
import { english } from '../../src/judge/sentence.en';

const roles: Record<string, string> = {
  'search-index': 'the search index',
  search: 'the search service',
  shop: 'the shop',
};

export const voice: Voice = {
  catalogue: english,
  names: {
    role: (role) => roles[role] ?? role,
    place: (on) => roles[on] ?? on,
    truth: () => 'the catalogue',
    group: (group) => group,
  },
  time: (time) => `0:${(time / 1e6).toFixed(1).padStart(4, '0')}`,
  duration: (ms) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`),
};

export const it = (expression: Expression): Clause => ({ id: 'it', expression });
export const said = (expression: Expression) => clauseSentence(it(expression), voice);
