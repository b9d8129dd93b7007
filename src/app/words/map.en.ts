/** The course map. Titles of lessons, parts and routes: course.en.ts. */
import type { MarkName } from '../../course/marks';
import { duration, list, number, plural } from '../i18n';

const marks: Record<MarkName, { readonly name: string; readonly what: string }> = {
  shown: { name: 'Shown', what: 'you broke it' },
  fixed: { name: 'Fixed', what: 'your own design held' },
  transferred: { name: 'Transferred', what: 'same idea, new place' },
  remembered: { name: 'Remembered', what: 'a day later or more' },
};

/** Steps of a lesson, by course/lesson.ts. */
const steps: Readonly<Record<string, string>> = {
  warmup: 'Warm-up',
  scene: 'Scene',
  predict: 'Predict',
  run: 'Run',
  observe: 'Observe',
  break: 'Break',
  fix: 'Fix',
  transfer: 'Transfer',
  card: 'Card',
};

export const map = {
  title: 'Course map',
  size: (lessons: number, minutes: number) => ({
    lessons: `${plural(lessons, { one: '# lesson', other: '# lessons' })} in six parts`,
    minutes: duration(minutes),
  }),
  allOpen: 'All are open. The line is only an order that works.',
  someOpen: (numbers: readonly number[]) =>
    numbers.length > 4
      ? `${number(numbers.length)} are open today. The others say what they teach.`
      : `Open today: ${list(numbers.map((one) => number(one)))}. The others say what they teach.`,
  next: {
    continue: (lesson: number) => `Continue with ${lesson}`,
    start: (lesson: number) => `Start with ${lesson}`,
    again: (lesson: number) => `Play ${lesson} again`,
  },
  at: (step: string) => `at ${steps[step] ?? step},`,
  about: 'about',
  left: 'left',
  minutes: (minutes: number) => `${number(minutes)} min`,
  here: 'you are here',
  startHere: 'start here',
  notBuilt: 'not built',
  notBuiltYet: 'not built yet',
  lessons: 'Lessons',
  lesson: (of: number) => `Lesson ${of}:`,
  marks,
  noMarks: 'no mark yet',
  legend: 'Each ring has four marks, clockwise from the top right:',
  legendShort:
    'Ring, clockwise from the top: Shown, Fixed, Transferred, Remembered. Solid number: on the chosen route.',
  dueToday: 'Due today',
  due: (numbers: readonly number[]) =>
    `${plural(numbers.length, { one: 'one question', other: 'one question each' })} from ${list(numbers.map((one) => number(one)))}`,
  routes: 'Routes',
  onRoute: 'solid on the map',
  onThisRoute: 'on the chosen route',
  route: (name: string, minutes: string, what: string, numbers: readonly number[]) =>
    `${name}, ${minutes}. ${what}. Lessons ${list(numbers.map((one) => number(one)))}.`,
};
