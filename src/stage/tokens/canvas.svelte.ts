import type { Attachment } from 'svelte/attachments';
import type { Drawing } from './draw-list';
import { paint, themeOf, type Theme } from './paint';

export interface Frame {
  readonly drawing: Drawing;
  /** CSS px. */
  readonly width: number;
  readonly height: number;
}

/**
 * Paints whatever `read` returns whenever that changes. Keeps the canvas at the screen's own resolution and repaints when
 * the theme, the fonts or the resolution change.
 */
export function painted(read: () => Frame): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const context = canvas.getContext('2d');
    if (!context) return;
    let theme: Theme | null = null;
    let last: Frame | null = null;

    const show = (): void => {
      if (!last) return;
      const ratio = devicePixelRatio || 1;
      const { drawing, width, height } = last;
      const [pixelsX, pixelsY] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== pixelsX || canvas.height !== pixelsY) {
        canvas.width = pixelsX;
        canvas.height = pixelsY;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      theme ??= themeOf(getComputedStyle(canvas));
      paint(context, drawing, theme, width, height);
    };
    const lookAgain = (): void => {
      theme = null;
      show();
    };

    // Inside, so that a new frame repaints the canvas instead of attaching to it anew.
    $effect(() => {
      last = read();
      show();
    });
    void document.fonts.ready.then(lookAgain);
    return watchLook(canvas, lookAgain);
  };
}

/** Calls back when the colours or the resolution of the page may have changed. */
function watchLook(canvas: HTMLCanvasElement, changed: () => void): () => void {
  const queries = [
    '(prefers-color-scheme: dark)',
    '(forced-colors: active)',
    `(resolution: ${devicePixelRatio}dppx)`,
  ].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  const observer = new MutationObserver(changed);
  for (let node: Element | null = canvas.parentElement; node; node = node.parentElement) {
    observer.observe(node, { attributes: true, attributeFilter: ['class'] });
  }
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
