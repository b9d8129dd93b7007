/**
 * Vite plugin: lessons/**\/index.<locale>.md → a module with the words of a lesson (`default`), and, asked for as
 * `index.<locale>.md?notes`, one with its presenter notes. Two modules, so that a learner's page never loads notes.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Plugin } from 'vite';
import { parseLessonWords } from './lesson-words.ts';

const lessonFile = /\/lessons\/.+\/index\.[A-Za-z-]+\.md$/;

export function lessonMarkdown(): Plugin {
  let root = '';
  return {
    name: 'lesson-markdown',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    load(id) {
      const [file, query] = splitQuery(id);
      if (!lessonFile.test(file)) return null;
      const { words, notes } = parseLessonWords(readFileSync(file, 'utf8'), relative(root, file));
      return { code: `export default ${JSON.stringify(query === 'notes' ? notes : words)};`, map: null };
    },
  };
}

function splitQuery(id: string): [file: string, query: string] {
  const at = id.indexOf('?');
  return at < 0 ? [id, ''] : [id.slice(0, at), id.slice(at + 1)];
}
