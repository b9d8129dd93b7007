/** Looks at what came from outside, all the way to its instant, before the page depends on any of it. */
import { withScenario } from '../../course/shared';
import { BadContent, type ContentProblem } from '../../scenario/bad-content';
import { isRecord } from '../../scenario/migrate';
import { parseJson } from '../../scenario/plain';
import {
  fromLink,
  fromRunFile,
  isOfLesson,
  isRunFile,
  type Moment,
  type Shared,
} from '../../scenario/recording';
import { tryOut } from '../../scenario/trial';
import { archiveCharactersMax, archiveOf } from '../../storage/archive';
import type { Archive } from '../../storage/types';

/** Playing to the instant may take this long; the page is free meanwhile. */
const trialMsMax = 8000;

/** A run that can be shown. */
export interface OpenedRun {
  readonly holds: 'run';
  readonly moment: Moment;
  /** The lesson whose run it is, if it is one's. */
  readonly lesson: { readonly slug: string; readonly run: string } | null;
  /** History is not what the sender saw: another version of the engine, or of the lesson. */
  readonly differs: boolean;
}
export interface OpenedArchive {
  readonly holds: 'everything';
  readonly archive: Archive;
}
export interface Refused {
  readonly holds: 'nothing';
  readonly problem: ContentProblem;
  /** For the curious: where and what, as the checks say it. */
  readonly detail: string;
}

export type Asked = { readonly link: string } | { readonly file: string };

export async function check(asked: Asked): Promise<OpenedRun | OpenedArchive | Refused> {
  try {
    if ('link' in asked) return await triedOut(await fromLink(asked.link));
    return await checkFile(asked.file);
  } catch (error) {
    if (!(error instanceof BadContent)) throw error;
    return { holds: 'nothing', problem: error.problem, detail: error.message };
  }
}

async function checkFile(text: string): Promise<OpenedRun | OpenedArchive> {
  if (text.length > archiveCharactersMax) throw new BadContent('tooBig', 'This file is too large.');
  const data = parseJson(text);
  if (isRunFile(data) || (isRecord(data) && 'scenario' in data)) return triedOut(fromRunFile(text));
  const archive = archiveOf(data);
  await triedToBegin(archive);
  return { holds: 'everything', archive };
}

/** A run that cannot even begin is found now, and not when its lesson is opened. */
async function triedToBegin({ progress, recordings }: Archive): Promise<void> {
  const inLessons = progress.flatMap(({ slug, attempt }) =>
    (attempt?.recordings ?? []).map((run) => [`progress.${slug}.${run.id}`, run.recording] as const),
  );
  const kept = recordings.map((run) => [`recordings.${run.id}`, run.recording] as const);
  for (const [where, recording] of [...inLessons, ...kept]) {
    try {
      await tryOut(recording, { time: 0, fact: null });
    } catch (error) {
      if (!(error instanceof BadContent)) throw error;
      throw new BadContent(error.problem, error.message, where);
    }
  }
}

async function triedOut(shared: Shared): Promise<OpenedRun> {
  const moment = await withScenario(shared);
  const started = performance.now();
  const { hash, fact } = await tryOut(moment.recording, moment, {
    goOn: () => performance.now() - started < trialMsMax,
  });
  return {
    holds: 'run',
    moment: { ...moment, fact },
    lesson: isOfLesson(shared) ? shared.lesson : null,
    differs: moment.hash !== null && moment.hash !== hash,
  };
}
