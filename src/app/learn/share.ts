/** How the width is divided between text and stage: percent for the text, kept on this device. */
export const shareMin = 28;
export const shareMax = 45;
export const shareStart = 34;

const key = 'alo.lessonShare';

export function readShare(): number {
  try {
    const kept = Number(localStorage.getItem(key));
    return kept >= shareMin && kept <= shareMax ? kept : shareStart;
  } catch {
    // Storage may be forbidden: every visit then begins with the usual share.
    return shareStart;
  }
}

export function keepShare(share: number): void {
  try {
    localStorage.setItem(key, String(share));
  } catch {
    // It then lasts as long as the page.
  }
}
