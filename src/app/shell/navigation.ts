/** The places of the product, and what is told to a person who arrives at one. */

export const places = ['learn', 'lab', 'present', 'embed'] as const;
export type Place = (typeof places)[number];

/** Places that work today. The others have a page that says what they will be. */
export const openPlaces: readonly Place[] = ['learn'];

/** Links of this product, so that no address is put together twice. */
export const to = {
  home: '#/',
  map: '#/learn',
  lesson: (slug: string) => `#/learn/${slug}`,
  runs: '#/run',
  gallery: '#/gallery',
  about: '#/about',
  compare: '#/lab/compare',
  place: (place: Place) => `#/${place}`,
} as const;

/** Which place a location (without '#') belongs to; null for the front page and others. */
export function placeOf(location: string): Place | null {
  const first = location.split('/')[1] ?? '';
  return places.find((place) => place === first) ?? null;
}

/**
 * Moves focus to the new page's heading, so that keyboard and screen reader go on there (the router leaves focus on the
 * body). A page that loads its content later is waited for, unless the person does something first. Returns how to stop
 * waiting.
 */
export function focusHeading(main: HTMLElement): () => void {
  if (focusNow(main)) return () => {};
  const observer = new MutationObserver(() => {
    if (focusNow(main)) stop();
  });
  const stop = () => {
    observer.disconnect();
    for (const event of ['pointerdown', 'keydown'] as const) removeEventListener(event, stop, true);
  };
  for (const event of ['pointerdown', 'keydown'] as const) addEventListener(event, stop, true);
  observer.observe(main, { childList: true, subtree: true });
  return stop;
}

function focusNow(main: HTMLElement): boolean {
  const heading = main.querySelector('h1');
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}
