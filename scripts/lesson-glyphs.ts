/** The six domain shapes as small inline pictures: the same shapes that tokens have on stage. */
import type { Element } from 'hast';

// On a 14 × 14 field: the outlines of the stage's tokens (circle, diamond, square, triangle, pentagon, hexagon).
const outlines = {
  order: 'M7 1a6 6 0 1 1 0 12a6 6 0 1 1 0-12z',
  payment: 'M7 0l7 7-7 7-7-7z',
  stock: 'M1.5 1.5h11v11h-11z',
  notification: 'M7 1l6.6 11.6H.4z',
  price: 'M7 .6l6.5 4.7-2.500 7.700H3L.5 5.300z',
  ledger: 'M3.500 1h7L14 7l-3.500 6h-7L0 7z',
} as const;

export type WordDomain = keyof typeof outlines;

export function isDomain(name: string): name is WordDomain {
  return Object.hasOwn(outlines, name);
}

export function glyph(domain: WordDomain): Element {
  return {
    type: 'element',
    tagName: 'svg',
    properties: { viewBox: '0 0 14 14', className: ['glyph'], ariaHidden: 'true' },
    children: [{ type: 'element', tagName: 'path', properties: { d: outlines[domain] }, children: [] }],
  };
}
