import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { domains } from '../../src/kernel/bodies';

const css = readFileSync('src/stage/theme/tokens.css', 'utf8');

/** Custom properties of the first block that starts with `selector`. */
function valuesOf(selector: string): Map<string, string> {
  const start = css.indexOf('{', css.indexOf(selector));
  const block = css.slice(start, css.indexOf('}', start)).replace(/\/\*.*?\*\//gs, '');
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]),
  );
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const themes = { light: valuesOf(':root,\n.light'), dark: valuesOf('\n.dark {') };

describe.each(Object.entries(themes))('in the %s theme', (_, values) => {
  const page = values.get('page')!;

  test.each(['ink', 'ink2', 'ink3', 'red'])('%s can be read on the page', (name) => {
    expect(contrast(values.get(name)!, page)).toBeGreaterThanOrEqual(4.5);
  });

  test('ink can be read on ink', () => {
    expect(contrast(values.get('on-ink')!, values.get('ink')!)).toBeGreaterThanOrEqual(7);
  });

  test.each(domains)('a token of %s stands out from the page and its label from it', (domain) => {
    expect(contrast(values.get(domain)!, page)).toBeGreaterThanOrEqual(3);
    expect(contrast(values.get(`${domain}-ink`)!, values.get(domain)!)).toBeGreaterThanOrEqual(4.5);
  });
});

test('a dark system without a script shows exactly the dark theme', () => {
  expect(valuesOf(':root:not(.light, .dark)')).toEqual(themes.dark);
});

test('both themes name the same things', () => {
  expect([...themes.dark.keys()]).toEqual([...themes.light.keys()]);
});

test('every file of the theme is free of colours of its own', () => {
  for (const file of ['base', 'controls', 'drawing', 'fonts']) {
    const text = readFileSync(`src/stage/theme/${file}.css`, 'utf8');
    expect([file, text.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi) ?? []]).toEqual([file, []]);
  }
});
