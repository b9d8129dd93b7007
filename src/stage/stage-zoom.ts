import { select, zoom, zoomIdentity, type D3ZoomEvent } from 'd3';
import type { Attachment } from 'svelte/attachments';

export const zoomMin = 0.08;
export const zoomMax = 2;

export interface ZoomTarget {
  /** A pinch, Ctrl + wheel or a button: the width of a cell, 1 being the size at which labels can be read. */
  onscale(scale: number): void;
  /** A drag or a wheel turned sideways: so many px along the log, positive towards newer records. */
  onpan(pixels: number): void;
}

/** What buttons ask of the gesture, so that both share one scale. */
export interface ZoomHandle {
  scaleBy(factor: number): void;
  reset(): void;
}

/**
 * Zooms the log, not the picture: text keeps its size, cells become narrower and more of them are on the screen. The
 * browser keeps its own gestures: a wheel without Ctrl and one finger up or down scroll the page.
 */
export function zoomable(target: ZoomTarget, ready: (handle: ZoomHandle) => void): Attachment<HTMLElement> {
  return (element) => {
    let last = zoomIdentity;
    const behaviour = zoom<HTMLElement, unknown>()
      .scaleExtent([zoomMin, zoomMax])
      .filter((event: Event) => {
        if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
        if (typeof TouchEvent !== 'undefined' && event instanceof TouchEvent) return event.touches.length > 1;
        return event instanceof MouseEvent && event.button === 0 && event.type !== 'dblclick';
      })
      .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
        if (transform.k !== last.k) target.onscale(transform.k);
        else if (sourceEvent) target.onpan(last.x - transform.x);
        last = transform;
      });
    const selection = select(element).call(behaviour).on('dblclick.zoom', null);
    ready({
      scaleBy: (factor) => behaviour.scaleBy(selection, factor),
      reset: () => behaviour.scaleTo(selection, 1),
    });
    const sideways = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) return;
      const pixels = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (pixels === 0 || Math.abs(pixels) < Math.abs(event.deltaY) * (event.shiftKey ? 0 : 1)) return;
      event.preventDefault();
      target.onpan(pixels);
    };
    element.addEventListener('wheel', sideways, { passive: false });
    return () => {
      selection.on('.zoom', null);
      element.removeEventListener('wheel', sideways);
    };
  };
}
