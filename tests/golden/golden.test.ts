/**
 * Files and links that were once written must open for ever. One golden file for each version of each format; a new
 * version adds its own and leaves these alone. Histories may change with the engine: that is told, not forbidden.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  archiveFormat,
  linkFormat,
  runFileFormat,
  scenarioFormat,
  versionOf,
  type Format,
} from '../../src/scenario/migrate';
import { fromLink, fromRunFile, type Shared } from '../../src/scenario/recording';
import { withScenario } from '../../src/course/shared';
import { tryOut } from '../../src/scenario/trial';
import { parseArchive } from '../../src/storage/archive';
import { databaseVersion } from '../../src/storage/database';

const folder = new URL('.', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const golden = (name: string): any => JSON.parse(read(name));
const versions = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

test('every version of every format has a golden file', () => {
  const formats: readonly (readonly [string, number])[] = [
    ['recording', versionOf(scenarioFormat)],
    ['link', versionOf(linkFormat)],
    ['run', versionOf(runFileFormat)],
    ['archive', versionOf(archiveFormat)],
    ['database', databaseVersion],
  ];
  const wanted = formats.flatMap(([name, last]) => versions(last).map((version) => `${name}-${version}.json`));
  expect(readdirSync(folder).filter((name) => name.endsWith('.json')).sort()).toEqual(wanted.sort());
});

test('format names are those of this list', () => {
  const formats: readonly Format[] = [scenarioFormat, linkFormat, runFileFormat, archiveFormat];
  expect(formats.map(({ name }) => name)).toEqual(['scenario', 'link', 'run file', 'archive']);
});

test.each(versions(versionOf(scenarioFormat)))('a recording of version %i opens and plays', async (version) => {
  const { recording, end } = golden(`recording-${version}.json`);
  const opened = fromRunFile(JSON.stringify(recording));
  expect(opened.recording.inputs).toEqual(recording.inputs);
  await tryOut(opened.recording, { time: end, fact: null });
});

test.each(versions(versionOf(linkFormat)))('links of version %i open at their instant', async (version) => {
  for (const { link, opens } of golden(`link-${version}.json`).links as { link: string; opens: Partial<Shared> }[]) {
    expect(link[0]).toBe(String(version));
    const shared = await fromLink(link);
    expect(shared).toMatchObject(opens);
    const moment = await withScenario(shared);
    await tryOut(moment.recording, moment);
  }
});

test.each(versions(versionOf(runFileFormat)))('a run file of version %i opens at its instant', async (version) => {
  const moment = fromRunFile(read(`run-${version}.json`));
  expect(moment).toMatchObject({ time: 12_345_678, selection: 'kafka/shop-events/1' });
  await tryOut(moment.recording, moment);
});

test.each(versions(versionOf(archiveFormat)))('an archive of version %i is read whole', (version) => {
  const written = golden(`archive-${version}.json`);
  const archive = parseArchive(JSON.stringify(written));
  expect(archive.progress.map(({ slug }) => slug)).toEqual(written.progress.map(({ slug }: any) => slug));
  expect(archive.progress[0].attempt?.recordings).toHaveLength(2);
  expect(archive.recordings).toHaveLength(1);
  expect(archive.settings).toEqual(written.settings);
});
