import { settings } from '../settings.svelte';

/**
 * How much larger than drawn everything is now: 1 when a rem is 16 px. Follows the text size setting and the window. To
 * be called while a component is created.
 */
export function rootScale(): { readonly value: number; readonly pad: string } {
  let value = $state(1);
  let pad = $state('3');
  function read() {
    const style = getComputedStyle(document.documentElement);
    value = parseFloat(style.fontSize) / 16;
    pad = style.getPropertyValue('--shell-pad');
  }
  $effect.pre(() => {
    void settings.get('textSize');
    read();
    addEventListener('resize', read);
    return () => removeEventListener('resize', read);
  });
  return {
    get value() {
      return value;
    },
    get pad() {
      return pad;
    },
  };
}

/** Design pixels (16 to a rem) as a length that grows with the text. */
export function rem(pixels: number): string {
  return `${pixels / 16}rem`;
}
