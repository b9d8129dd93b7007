import type { Attachment } from 'svelte/attachments';
import type { TimeAxis } from './time-axis.svelte';

/**
 * Ctrl and wheel, or two fingers, zoom the axis (as on the stage); a sideways wheel moves it. One finger and the mouse
 * stay free for scrubbing. What does it is loaded when a pointer comes near, and buttons do the same without it.
 */
export function zoomable(axis: TimeAxis): Attachment<HTMLElement> {
  return (node) => {
    let off: (() => void) | null = null;
    let gone = false;
    const load = async (): Promise<void> => {
      const { withGestures } = await import('./axis-gestures.svelte');
      if (!gone) off = withGestures(axis, node);
    };
    const near = (): void => void load();
    node.addEventListener('pointerenter', near, { once: true });
    return () => {
      gone = true;
      node.removeEventListener('pointerenter', near);
      off?.();
    };
  };
}
