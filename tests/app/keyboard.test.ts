import { describe, expect, test } from 'vitest';
import { bindingOf, keyBindings } from '../../src/app/transport/keyboard';
import { keys } from '../../src/app/words/keys.en';

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const meant = (key: string, more: object = {}, characterKeys = true) =>
  bindingOf(press(key, more), characterKeys)?.action ?? null;

describe('the keyboard map', () => {
  test.each([
    [' ', {}, 'toggle'],
    ['.', {}, 'step'],
    [',', {}, 'stepBack'],
    [']', {}, 'nextMark'],
    ['PageUp', {}, 'tenMarksBack'],
    ['f', {}, 'follow'],
    ['F', { shiftKey: true }, 'fork'],
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { metaKey: true, shiftKey: true }, 'redo'],
    ['Enter', { ctrlKey: true }, 'confirm'],
    ['+', { shiftKey: true }, 'faster'],
    ['?', { shiftKey: true }, 'help'],
    ['7', {}, 'answer'],
  ])('%o %o is %s', (key, more, action) => {
    expect(meant(key, more)).toBe(action);
  });

  test('leaves the browser its own', () => {
    expect(meant('Enter')).toBe(null);
    expect(meant('f', { ctrlKey: true })).toBe(null);
    expect(meant('1', { altKey: true })).toBe(null);
    expect(meant('Tab')).toBe(null);
  });

  test('single characters can be switched off; the other keys stay', () => {
    for (const key of ['.', 'f', '?', '1', '+']) expect(meant(key, {}, false)).toBe(null);
    expect(meant(' ', {}, false)).toBe('toggle');
    expect(meant('z', { ctrlKey: true }, false)).toBe('undo');
  });

  test('every key means one thing, and the help has words for it', () => {
    const pressed = keyBindings.map(({ key, command, shift }) =>
      JSON.stringify([key, command, shift ?? false]),
    );
    expect(new Set(pressed).size).toBe(pressed.length);
    expect(Object.keys(keys.actions).sort()).toEqual(keyBindings.map(({ action }) => action).sort());
  });
});
