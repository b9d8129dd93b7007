/** Which page an address shows. Every page is a chunk of its own: a lesson does not load the front page. */
import type { RouteDefinition } from 'svelte-spa-router';
import { wrap } from 'svelte-spa-router/wrap';
import Failed from './shell/Failed.svelte';

type Page = Awaited<
  ReturnType<Extract<NonNullable<Parameters<typeof wrap>[0]['asyncComponent']>, () => unknown>>
>;

export const routes: RouteDefinition = {
  '/': lazily(() => import('./home/Home.svelte')),
  '/learn': lazily(() => import('./map/CourseMap.svelte')),
  '/learn/:slug': lazily(() => import('./shell/LessonRoute.svelte')),
  '/run': lazily(() => import('./share/RunPage.svelte')),
  '/gallery': lazily(() => import('./gallery/Gallery.svelte')),
  '/about': lazily(() => import('./about/About.svelte')),
  '/lab/compare': lazily(() => import('./compare/Compare.svelte')),
  '/lab': lazily(() => import('./about/InTheWorks.svelte'), { place: 'lab' }),
  '/present': lazily(() => import('./about/InTheWorks.svelte'), { place: 'present' }),
  '/embed': lazily(() => import('./about/InTheWorks.svelte'), { place: 'embed' }),
  '*': lazily(() => import('./shell/NotFound.svelte')),
};

/** A chunk that cannot be fetched (offline, or a new version was published) shows a page that says so. */
function lazily(load: () => Promise<Page>, props: Record<string, unknown> = {}) {
  return wrap({ asyncComponent: () => load().catch((): Page => ({ default: Failed })), props });
}
