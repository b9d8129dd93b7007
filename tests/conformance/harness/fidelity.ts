/** FIDELITY.md and what the page says of it, made from the recordings. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Broker } from '../define';
import { differences, notModelled } from '../fidelity';
import { recordedOf, type ScenarioFile } from './scenarios';

/** What one broker of one version was asked with one client, and the simulation with it. */
export interface Recordings {
  readonly broker: string;
  readonly client: string;
  /** ISO dates of the first and the last recording. */
  readonly from: string;
  readonly to: string;
  readonly scenarios: readonly { readonly id: string; readonly title: string }[];
}

export interface Fidelity {
  readonly recordings: readonly Recordings[];
  readonly differences: readonly { readonly broker: Broker; readonly says: string; readonly why: string }[];
  readonly notModelled: readonly { readonly broker: Broker; readonly says: string }[];
}

export const fidelityFiles = { text: 'FIDELITY.md', data: 'src/app/about/fidelity.json' } as const;

/** Every recording counts as passing: a test replays them all, and none may fail. */
export function fidelityOf(files: readonly ScenarioFile[]): Fidelity {
  const groups = new Map<string, { dates: string[]; recordings: Recordings }>();
  for (const file of files) {
    const recorded = recordedOf(file);
    if (!recorded) continue;
    const { broker, client, date } = recorded;
    const { id, title } = file.scenario;
    const key = `${broker} ${client}`;
    const known = groups.get(key) ?? {
      dates: [],
      recordings: { broker, client, from: '', to: '', scenarios: [] },
    };
    known.dates.push(date);
    known.recordings = {
      ...known.recordings,
      scenarios: [...known.recordings.scenarios, { id, title }],
    };
    groups.set(key, known);
  }
  const recordings = [...groups.values()].map(({ dates, recordings: one }) => {
    const sorted = [...dates].sort();
    return { ...one, from: sorted[0], to: sorted[sorted.length - 1] };
  });
  return { recordings, differences, notModelled };
}

export function fidelityText({ recordings, differences: known, notModelled: missing }: Fidelity): string {
  const lines = [
    '# Fidelity',
    '',
    'Made by `npm run conformance -- --fidelity`; do not edit by hand.',
    '',
    'Every scenario is one small program. It was run with the real client library on the real broker, and what it observed was',
    'written down; `npm test` runs the same file on the simulation and compares. Where the two differ, the real broker is right.',
  ];
  for (const { broker, client, from, to, scenarios } of recordings) {
    const when = from === to ? from : `${from} to ${to}`;
    lines.push(
      '',
      `## ${broker}, ${client}`,
      '',
      `Recorded ${when}: ${scenarios.length} scenarios, all passing.`,
      '',
    );
    for (const { id, title } of scenarios) lines.push(`- **${id}** ${title}`);
  }
  lines.push('', '## Known differences', '');
  for (const { says, why } of known) lines.push(`- ${says} ${why}`);
  lines.push('', '## Not modelled', '');
  for (const { says } of missing) lines.push(`- ${says}`);
  return `${lines.join('\n')}\n`;
}

export function fidelityData(fidelity: Fidelity): string {
  return `${JSON.stringify(fidelity, null, 2)}\n`;
}

export function writeFidelity(root: string, files: readonly ScenarioFile[]): void {
  const fidelity = fidelityOf(files);
  writeFileSync(resolve(root, fidelityFiles.text), fidelityText(fidelity));
  writeFileSync(resolve(root, fidelityFiles.data), fidelityData(fidelity));
}
