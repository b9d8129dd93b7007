/** Topic matching (rabbit_db_topic_exchange.erl): words are split by dots, and the empty key has none. */
import type { Binding } from './state';

const noWords: readonly string[] = [];

export function wordsOf(key: string): readonly string[] {
  return key === '' ? noWords : key.split('.');
}

/** Binding keys as words; derived, so it is kept beside the bindings and not in any state. */
const patterns = new WeakMap<Binding, readonly string[]>();

export function topicMatches(binding: Binding, words: readonly string[]): boolean {
  let pattern = patterns.get(binding);
  if (pattern === undefined) patterns.set(binding, (pattern = wordsOf(binding.routingKey)));
  return matches(pattern, 0, words, 0);
}

/** `*` stands for one word, an empty one too; `#` for any number, none too; both only as a whole word. */
function matches(pattern: readonly string[], at: number, words: readonly string[], word: number): boolean {
  for (; at < pattern.length; at++, word++) {
    const wanted = pattern[at];
    if (wanted === '#') {
      if (at === pattern.length - 1) return true;
      for (let rest = word; rest <= words.length; rest++) {
        if (matches(pattern, at + 1, words, rest)) return true;
      }
      return false;
    }
    if (word >= words.length || (wanted !== '*' && wanted !== words[word])) return false;
  }
  return word === words.length;
}
