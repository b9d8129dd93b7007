/**
 * npm run lessons [-- --json] [slug …]: plays every lesson headless and checks the rules of curriculum.md 1.3.
 * --json prints one object for machines and nothing else; without it, a table for people. Exit code 1 when a rule is
 * broken; the rules are named on standard error.
 */
import { parseArgs } from 'node:util';
import { builtLessons, loadLesson, loadScripts } from '../course/load';
import { playLesson, type LessonReport } from '../course/rules';
import { inEveryWorld } from '../course/worlds';
import { parseGoal } from '../judge/validate';
import { engine } from '../scenario/engine';
import { prove } from '../scenario/prove';

type Row = LessonReport & { readonly ms: number };

const { values: options, positionals: wanted } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const rows: Row[] = [];
let failed = false;
for (const slug of builtLessons().filter((each) => wanted.length === 0 || wanted.includes(each))) {
  const [{ lesson: written }, allScripts] = await Promise.all([loadLesson(slug, 'en'), loadScripts(slug)]);
  for (const goal of Object.values(written.goals)) parseGoal(goal);
  for (const { slug: where, lesson, scripts } of inEveryWorld(written, allScripts)) {
    const start = performance.now();
    const { report, broken } = await playLesson(lesson, scripts, engine, prove);
    rows.push({ ...report, slug: where, ms: Math.round(performance.now() - start) });
    for (const rule of broken) console.error(`${where}: ${rule}`);
    failed ||= broken.length > 0;
  }
}
console.log(options.json ? JSON.stringify({ lessons: rows }) : rows.map(tableOf).join('\n\n'));
process.exitCode = failed || rows.length === 0 ? 1 : 0;

function tableOf({ slug, start, solution, wrong, detour, knobsZero, minimal, seeds, ms }: Row): string {
  const lines: [string, string][] = [
    ['start', `a ${start.a}, b ${start.b}`],
    [
      'solution',
      `a ${solution.a}, b ${solution.b}${minimal ? ', every action needed' : ', an action is idle'}`,
    ],
    ...wrong.map(({ id, verdict }): [string, string] => [`wrong: ${id}`, verdict]),
    ...detour.map(({ id, verdict }): [string, string] => [`detour: ${id}`, verdict]),
    ['knobs to zero', knobsZero],
    ['seeds', `${seeds.shown} of ${seeds.run} shown`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return [`${slug}  (${ms} ms)`, ...lines.map(([name, said]) => `  ${name.padEnd(width)}${said}`)].join('\n');
}
