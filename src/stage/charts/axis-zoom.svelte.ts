import { select, zoom, zoomIdentity, type D3ZoomEvent } from 'd3';
import type { TimeAxis } from './time-axis.svelte';

/**
 * Ctrl and wheel, or two fingers, zoom the axis (as on the stage); a sideways wheel moves it. One finger and the mouse stay free for scrubbing.
 * To be attached to an element whose left edge is the axis' px 0.
 */
export function zoomable(axis: TimeAxis): (node: HTMLElement) => () => void {
  return (node) => {
    const behaviour = zoom<HTMLElement, unknown>()
      .filter((event: Event) =>
        event instanceof WheelEvent
          ? event.ctrlKey || event.metaKey
          : 'touches' in event && (event as TouchEvent).touches.length > 1,
      )
      .scaleExtent([1, 5000])
      .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => (axis.transform = transform));
    const pan = (event: WheelEvent) => panned(axis, event);
    node.addEventListener('wheel', pan, { capture: true, passive: false });
    select(node).call(behaviour).on('dblclick.zoom', null);
    $effect(() => {
      const limits: [[number, number], [number, number]] = [
        [axis.left, 0],
        [axis.right, 1],
      ];
      behaviour.extent(limits).translateExtent(limits);
      select(node).property('__zoom', axis.transform);
    });
    return () => {
      node.removeEventListener('wheel', pan, { capture: true });
      select(node).on('.zoom', null);
    };
  };
}

function panned(axis: TimeAxis, event: WheelEvent): void {
  if (!axis.isZoomed || event.ctrlKey || event.metaKey) return;
  if (!event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  const { k, x } = axis.transform;
  const moved = x - (event.deltaX || event.deltaY);
  const held = Math.max(axis.right * (1 - k), Math.min(axis.left * (1 - k), moved));
  axis.transform = zoomIdentity.translate(held, 0).scale(k);
}
