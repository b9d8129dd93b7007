/** The run on screen as somebody else could open it, and the address it opens at. */
import { canBeNamed } from '../../course/shared';
import {
  linkCharactersMax,
  shortHash,
  toLink,
  toRunFile,
  type Instant,
  type Moment,
  type Shared,
} from '../../scenario/recording';
import type { Source } from './sharing.svelte';

/** The longest address that a telephone's camera still reads from a screen. */
export const codeCharactersMax = 1000;

export interface SharedHere {
  readonly moment: Moment;
  readonly address: string;
  /** Longer than what mail and chat programs leave whole. */
  readonly tooLong: boolean;
}

/** What is on screen now: the instant, what is selected, everything that was done. */
export async function sharedHere({ player, lesson }: Source): Promise<SharedHere> {
  const { host, time, fact, selection } = player();
  const [recording, hash] = await Promise.all([host.recording(), host.hash(time)]);
  const selected =
    selection === null ? null : selection.kind === 'message' ? selection.message : selection.address;
  const instant: Instant = { time, fact, selection: selected, hash: shortHash(hash) };
  const moment = { recording, ...instant };
  const named = lesson();
  const { engine, seed, inputs } = recording;
  const shared: Shared =
    named && canBeNamed(named.run) ? { lesson: named, engine, seed, inputs, ...instant } : moment;
  const link = await toLink(shared);
  const path = 'lesson' in shared ? `#/learn/${shared.lesson.slug}` : '#/run';
  const { origin, pathname } = location;
  return {
    moment,
    address: `${origin}${pathname}${path}?s=${link}`,
    tooLong: link.length > linkCharactersMax,
  };
}

export function fileOf({ moment }: SharedHere): string {
  return toRunFile(moment);
}
