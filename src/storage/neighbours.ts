/** Other tabs of this product: tells them what was written here, and hears what they wrote. */

/** What was written. A tab that knows more of it reads it again. */
export type Change =
  | { readonly of: 'attempt'; readonly slug: string }
  | { readonly of: 'marks' | 'recordings' | 'settings' | 'everything' };

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

/** Another tab may run another version of this page. */
function changeOf(data: unknown): Change | null {
  const { of, slug } = (data ?? {}) as { of?: unknown; slug?: unknown };
  if (of === 'attempt') return typeof slug === 'string' ? { of, slug } : null;
  return of === 'marks' || of === 'recordings' || of === 'settings' || of === 'everything' ? { of } : null;
}
