import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Settings } from '../../src/app/settings.svelte';

const root = document.documentElement.classList;

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

test('a choice is on the page at once, and found by the next page', () => {
  const settings = new Settings();
  settings.set('theme', 'dark');
  settings.set('textSize', 'large');
  settings.set('motion', 'reduced');
  expect([...root]).toEqual(expect.arrayContaining(['dark', 'text-large', 'reduce-motion']));
  expect(localStorage.getItem('alo.theme')).toBe('dark');

  const next = new Settings();
  expect(next.get('textSize')).toBe('large');
  expect(next.dark).toBe(true);
  expect(next.reducedMotion).toBe(true);
});

test('full motion wins over a system that asks for less, and the system’s theme is the default', () => {
  const settings = new Settings();
  settings.set('motion', 'full');
  expect(settings.reducedMotion).toBe(false);
  expect(settings.get('theme')).toBe('system');
  expect(root.contains('dark')).toBe(matchMedia('(prefers-color-scheme: dark)').matches);
});

test('what makes no sense is ignored', () => {
  localStorage.setItem('alo.settings', '{"textSize":"enormous","route":"architect","verbosity":7}');
  const settings = new Settings();
  expect(settings.get('textSize')).toBe('normal');
  expect(settings.get('verbosity')).toBe('normal');
  expect(settings.get('route')).toBe('architect');
  settings.choose('route', 'scenic');
  expect(settings.get('route')).toBe('architect');
});

test('another tab’s choice is taken over', () => {
  const settings = new Settings();
  localStorage.setItem('alo.theme', 'dark');
  dispatchEvent(new StorageEvent('storage', { key: 'alo.theme', newValue: 'dark' }));
  expect(settings.get('theme')).toBe('dark');
});

test('every change is told to the mirror, and what was kept elsewhere can be adopted', () => {
  const settings = new Settings();
  const told: string[] = [];
  settings.mirrorTo((values) => told.push(values.theme));
  settings.set('theme', 'light');
  settings.adopt({ theme: 'dark', characterKeys: 'off' });
  expect(told).toEqual(['light']);
  expect([settings.get('theme'), settings.get('characterKeys')]).toEqual(['dark', 'off']);
  settings.reset();
  expect([settings.get('theme'), settings.get('characterKeys')]).toEqual(['system', 'on']);
});

test('without storage a choice lasts as long as the page', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Not allowed.', 'SecurityError');
  });
  const settings = new Settings();
  settings.set('theme', 'dark');
  expect(settings.get('theme')).toBe('dark');
});
