/** The gestures of the time axis. A chunk of its own, since d3-zoom weighs more than the axis: see axis-zoom.ts. */
import { select, zoom, zoomIdentity, type D3ZoomEvent } from 'd3';
import type { TimeAxis } from './time-axis.svelte';

/** Puts them on an element whose left edge is the axis' px 0; the function returned takes them off. */
export function withGestures(axis: TimeAxis, node: HTMLElement): () => void {
  const behaviour = zoom<HTMLElement, unknown>()
    .filter((event: Event) =>
      event instanceof WheelEvent
        ? event.ctrlKey || event.metaKey
        : 'touches' in event && (event as TouchEvent).touches.length > 1,
    )
    .scaleExtent([1, 5000])
    .on('zoom', ({ transform: { k, x } }: D3ZoomEvent<HTMLElement, unknown>) => (axis.transform = { k, x }));
  const pan = (event: WheelEvent) => panned(axis, event);
  node.addEventListener('wheel', pan, { capture: true, passive: false });
  select(node).call(behaviour).on('dblclick.zoom', null);
  const stopFollowing = $effect.root(() => {
    $effect(() => {
      const limits: [[number, number], [number, number]] = [
        [axis.left, 0],
        [axis.right, 1],
      ];
      const { k, x } = axis.transform;
      behaviour.extent(limits).translateExtent(limits);
      select(node).property('__zoom', zoomIdentity.translate(x, 0).scale(k));
    });
  });
  return () => {
    stopFollowing();
    node.removeEventListener('wheel', pan, { capture: true });
    select(node).on('.zoom', null);
  };
}

function panned(axis: TimeAxis, event: WheelEvent): void {
  if (!axis.isZoomed || event.ctrlKey || event.metaKey) return;
  if (!event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  axis.panBy(event.deltaX || event.deltaY);
}
