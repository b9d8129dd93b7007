/** Other tabs of this product: tells them what was written here, and hears what they wrote. */

/** What was written. A tab that knows more of it reads it again. */
export type Change =
  | { readonly of: 'attempt'; readonly slug: string }
  /** `deleted`: everything is, and whoever still holds some of it must not write it back. */
  | { readonly of: 'marks' | 'recordings' | 'settings' | 'everything' | 'deleted' };

export interface Neighbours {
  tell(change: Change): void;
  close(): void;
}

/** Where tabs cannot talk, coming back to one looks at the device instead (KeptStorage.lookAround). */
export function neighbours(name: string, heard: (change: Change) => void): Neighbours {
  if (typeof BroadcastChannel === 'undefined') return { tell() {}, close() {} };
  const channel = new BroadcastChannel(`alo.kept.${name}`);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const change = changeOf(data);
    if (change) heard(change);
  });
  return {
    tell: (change) => channel.postMessage(change),
    close: () => channel.close(),
  };
}

const plain = ['marks', 'recordings', 'settings', 'everything', 'deleted'] as const;

/** Another tab may run another version of this page. */
function changeOf(data: unknown): Change | null {
  const { of, slug } = (data ?? {}) as { of?: unknown; slug?: unknown };
  if (of === 'attempt') return typeof slug === 'string' ? { of, slug } : null;
  const known = plain.find((one) => one === of);
  return known ? { of: known } : null;
}
