/**
 * The course at a glance: 24 lessons in six parts, and the routes through them (curriculum.md 1.5, 1.7). Structure only;
 * titles and descriptions are words (app/words/course.en.ts). Which lessons are built is not said here: a lesson
 * is built when its folder exists.
 */
export const parts = ['why', 'brokers', 'cqrs', 'sourcing', 'pitfalls', 'doing'] as const;
export type PartId = (typeof parts)[number];

/** A branch of a part that forks: any branch first. `together` is the stretch after the branches meet again. */
export type BranchId =
  'kafka' | 'rabbitmq' | 'sqs' | 'together' | 'schema' | 'coupling' | 'delivery' | 'silence';

export interface CatalogueLesson {
  readonly number: number;
  readonly slug: string;
  readonly part: PartId;
  readonly branch: BranchId | null;
  /** A working developer's time, in minutes. */
  readonly minutes: number;
  /** Lessons whose ideas it uses, by slug. Named on screen, never enforced. */
  readonly prerequisites: readonly string[];
}

export const lessons: readonly CatalogueLesson[] = [
  lesson(1, 'sync-chain', 'why', null, 8, []),
  lesson(2, 'three-things', 'why', null, 8, ['sync-chain']),
  lesson(3, 'four-freedoms', 'why', null, 7, ['three-things']),
  lesson(4, 'kafka-log', 'brokers', 'kafka', 8, []),
  lesson(5, 'kafka-partitions', 'brokers', 'kafka', 7, ['kafka-log']),
  lesson(6, 'rabbit-routing', 'brokers', 'rabbitmq', 8, []),
  lesson(7, 'rabbit-queues', 'brokers', 'rabbitmq', 7, ['kafka-log', 'rabbit-routing']),
  lesson(8, 'sqs-visibility', 'brokers', 'sqs', 8, []),
  lesson(9, 'sqs-managed', 'brokers', 'sqs', 7, ['sqs-visibility']),
  lesson(10, 'three-ceilings', 'brokers', 'together', 7, [
    'kafka-partitions',
    'rabbit-queues',
    'sqs-managed',
  ]),
  lesson(11, 'gone-or-kept', 'brokers', 'together', 6, ['kafka-log', 'rabbit-queues', 'sqs-visibility']),
  lesson(12, 'choose-a-broker', 'brokers', 'together', 10, ['three-ceilings', 'gone-or-kept']),
  lesson(13, 'two-models', 'cqrs', null, 7, ['three-things']),
  lesson(14, 'stale-window', 'cqrs', null, 8, ['two-models']),
  lesson(15, 'closing-the-gap', 'cqrs', null, 8, ['stale-window']),
  lesson(16, 'ledger', 'sourcing', null, 6, ['kafka-log']),
  lesson(17, 'nuclear-option', 'sourcing', null, 8, ['ledger']),
  lesson(18, 'schema-drift', 'pitfalls', 'schema', 8, ['kafka-log']),
  lesson(19, 'distributed-monolith', 'pitfalls', 'coupling', 8, ['four-freedoms']),
  lesson(20, 'twice', 'pitfalls', 'delivery', 7, ['kafka-log']),
  lesson(21, 'out-of-order', 'pitfalls', 'delivery', 9, ['kafka-partitions', 'twice']),
  lesson(22, 'silence', 'pitfalls', 'silence', 8, ['three-things']),
  lesson(23, 'first-flow', 'doing', null, 10, ['sync-chain', 'twice']),
  lesson(24, 'expand-and-govern', 'doing', null, 10, ['first-flow', 'schema-drift', 'stale-window']),
];

export const routeIds = ['short', 'brokerDay', 'incidents', 'architect', 'workshop'] as const;
export type RouteId = (typeof routeIds)[number];

/** `lesson` null is a break. */
export interface RouteStop {
  readonly lesson: number | null;
  readonly minutes: number;
}

export interface CourseRoute {
  readonly id: RouteId;
  readonly stops: readonly RouteStop[];
}

export const routes: readonly CourseRoute[] = [
  { id: 'short', stops: alone([2, 4, 8, 14, 16, 20]) },
  { id: 'brokerDay', stops: alone([4, 5, 6, 7, 8, 9, 10, 11, 12]) },
  { id: 'incidents', stops: alone([14, 18, 19, 20, 21, 22]) },
  { id: 'architect', stops: alone([1, 2, 3, 12, 17, 19, 23, 24]) },
  {
    id: 'workshop',
    // With a room full of people a lesson takes longer; 22 is played as a duel in pairs.
    stops: [
      { lesson: 1, minutes: 10 },
      { lesson: 2, minutes: 15 },
      { lesson: 4, minutes: 15 },
      { lesson: null, minutes: 5 },
      { lesson: 20, minutes: 20 },
      { lesson: 21, minutes: 15 },
      { lesson: 22, minutes: 10 },
    ],
  },
];

export function lessonBySlug(slug: string): CatalogueLesson | null {
  return lessons.find((one) => one.slug === slug) ?? null;
}

export function lessonByNumber(number: number): CatalogueLesson {
  const found = lessons[number - 1];
  if (!found) throw new RangeError(`There is no lesson ${number}: the course has ${lessons.length}.`);
  return found;
}

export function routeById(id: RouteId): CourseRoute {
  return routes[routeIds.indexOf(id)];
}

export function routeLessons(route: CourseRoute): readonly number[] {
  return route.stops.flatMap((stop) => (stop.lesson === null ? [] : [stop.lesson]));
}

/** Minutes of a route, breaks included. */
export function routeMinutes(route: CourseRoute): number {
  return route.stops.reduce((sum, stop) => sum + stop.minutes, 0);
}

export function courseMinutes(): number {
  return lessons.reduce((sum, one) => sum + one.minutes, 0);
}

function lesson(
  number: number,
  slug: string,
  part: PartId,
  branch: BranchId | null,
  minutes: number,
  prerequisites: readonly string[],
): CatalogueLesson {
  return { number, slug, part, branch, minutes, prerequisites };
}

/** A route for one person takes each lesson's own time. */
function alone(numbers: readonly number[]): readonly RouteStop[] {
  return numbers.map((number) => ({ lesson: number, minutes: lessonByNumber(number).minutes }));
}
