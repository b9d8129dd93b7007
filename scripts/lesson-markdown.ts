import type { Plugin } from 'vite';

/** Placeholder: turns lessons/**\/index.<locale>.md into JavaScript modules. */
export function lessonMarkdown(): Plugin {
  return { name: 'lesson-markdown', transform: () => null };
}
