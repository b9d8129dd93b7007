import { words } from '../i18n';
import { learn } from '../words/learn.en';

export type ViewName = 'stage' | 'table' | 'story';

const w = words({ en: learn });

/** The three equal views, as tabs. */
export const views: readonly { readonly id: ViewName; readonly name: string }[] = (
  ['stage', 'table', 'story'] as const
).map((id) => ({ id, name: w.views[id] }));
