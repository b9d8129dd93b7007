/**
 * npm run -s replay -- FILE|LINK [--facts]: plays a recording headless (a JSON file, or the text of a link after
 * `s=`) and prints its history hash; with --facts, every fact as a line. The same hash must appear in every engine.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withScenario } from '../course/shared';
import { ms } from '../kernel/time';
import { createLocalHost } from '../scenario/local-host';
import { fromLink, fromRunFile, shortHash, toLink } from '../scenario/recording';

const { values, positionals } = parseArgs({
  options: { facts: { type: 'boolean', default: false }, link: { type: 'boolean', default: false } },
  allowPositionals: true,
});

try {
  await replay(positionals[0] ?? '');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function replay(given: string): Promise<void> {
  const { recording, ...instant } = existsSync(given)
    ? fromRunFile(readFileSync(given, 'utf8'))
    : await withScenario(await fromLink(given));
  const end = ms(recording.scenario.endMs);
  const host = await createLocalHost(recording);
  const hash = await host.hash(end);
  if (values.facts) {
    for (const { time, process: who, type, subject, position, group, detail } of await host.facts({})) {
      console.log([(time / 1e6).toFixed(6), who, type, subject, position, group, detail].join('\t'));
    }
  }
  const bytes = JSON.stringify(recording).length;
  console.log(JSON.stringify({ engine: recording.engine, seed: recording.seed, hash, bytes }));
  if (instant.hash !== null) {
    const here = shortHash(await host.hash(instant.time));
    if (here !== instant.hash)
      console.error(`At its moment the sender saw ${instant.hash}, here it is ${here}.`);
  }
  if (values.link) {
    console.log(await toLink({ recording, time: end, fact: null, selection: null, hash: shortHash(hash) }));
  }
}
