import type { Snippet } from 'svelte';

class HeaderSlot {
  /** What the page on screen puts into the header, beside the tools; null for nothing. */
  content = $state.raw<Snippet | null>(null);
}

export const headerSlot = new HeaderSlot();

/** To be called while a page's component is created: fills the header for as long as the page is there. */
export function fillHeader(content: Snippet): void {
  $effect(() => {
    headerSlot.content = content;
    return () => (headerSlot.content = null);
  });
}
