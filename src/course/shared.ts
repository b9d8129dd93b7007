/** Runs of lessons that were shared: the lesson brings the world, the link what was done in it. */
import { BadContent } from '../scenario/bad-content';
import { isOfLesson, type LessonMoment, type Moment, type Shared } from '../scenario/recording';
import { loadLesson, NoSuchLesson } from './load';
import { endOf, startOf } from './runs';
import { inWorld } from './worlds';

/** Runs of a lesson that a link can name. A warm-up is another lesson's question of the day: it brings its scenario. */
const runs = ['base', 'fix', 'transfer'] as const;
type SharedRun = (typeof runs)[number];

export function canBeNamed(name: string): boolean {
  return runs.some((run) => run === name.split('.', 1)[0]);
}

/** "fix", or "fix.rabbitmq" in another of the lesson's worlds. Throws BadContent. */
function runNamed(name: string): { readonly run: SharedRun; readonly world: string | null } {
  const [named, ...world] = name.split('.');
  const run = runs.find((one) => one === named);
  if (!run) throw new BadContent('unknown', `A lesson has no run "${named}".`);
  return { run, world: world.length === 0 ? null : world.join('.') };
}

/** A moment with its scenario, wherever it comes from. Throws BadContent. */
export async function withScenario(shared: Shared): Promise<Moment> {
  if (!isOfLesson(shared)) return shared;
  const { lesson: named, engine, seed, inputs, ...instant } = shared;
  const { run, world } = runNamed(named.run);
  const lesson = await lessonOf(shared);
  const { recording } = startOf(inWorld(lesson, world), run, { engine, seed });
  return { recording: { ...recording, inputs }, ...instant };
}

/** How long a shared run is worth watching: what was done late in it belongs to it. */
export function lengthOf({ recording }: Moment): number {
  return recording.inputs.length > 0 ? endOf(recording, recording.scenario.endMs) : recording.scenario.endMs;
}

async function lessonOf({ lesson: { slug } }: LessonMoment) {
  try {
    return (await loadLesson(slug, 'en')).lesson;
  } catch (error) {
    if (error instanceof NoSuchLesson) throw new BadContent('unknown', error.message);
    throw error;
  }
}
