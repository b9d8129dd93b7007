/**
 * Remembers, apart from the database, that something was kept in it. A browser that finds its files damaged starts an
 * empty database and tells nobody; the person is to be told.
 */
import { tolerate, type TextStore } from './text-store';

export interface KeptBefore {
  known(): boolean;
  remember(something: boolean): void;
}

export function keptBefore(store: TextStore | null, database: string): KeptBefore {
  const key = `alo.hasKept.${database}`;
  const known = () => tolerate(() => store?.getItem(key)) === 'yes';
  return {
    known,
    remember(something) {
      if (something !== known())
        tolerate(() => (something ? store?.setItem(key, 'yes') : store?.removeItem(key)));
    },
  };
}
