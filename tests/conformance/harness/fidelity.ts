/** FIDELITY.md and what the page says of it, made from the recordings. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Broker, RecordedElsewhere } from '../define';
import { differences, notModelled } from '../fidelity';
import { recordedOf, type ScenarioFile } from './scenarios';

/** What one broker of one version was asked with one client, and the simulation with it. */
export interface Recordings {
  readonly broker: string;
  readonly client: string;
  /** Of AWS, which cannot be reached: where what is known of it comes from. null: we recorded it. */
  readonly label: RecordedElsewhere['label'] | null;
  /** ISO dates of the first and the last recording; empty for documentation. */
  readonly from: string;
  readonly to: string;
  /** `source` where we did not record it ourselves. */
  readonly scenarios: readonly { readonly id: string; readonly title: string; readonly source?: string }[];
}

export interface Fidelity {
  readonly recordings: readonly Recordings[];
  readonly differences: readonly { readonly broker: Broker; readonly says: string; readonly why: string }[];
  readonly notModelled: readonly { readonly broker: Broker; readonly says: string }[];
}

export const fidelityFiles = { text: 'FIDELITY.md', data: 'src/app/about/fidelity.json' } as const;

/** Who asked AWS. */
const clientOf = {
  'aws-recorded': 'as others recorded it',
  'aws-documented': 'as AWS documents it',
} as const;

/** Every recording counts as passing: a test replays them all, and none may fail. */
export function fidelityOf(files: readonly ScenarioFile[]): Fidelity {
  const groups = new Map<string, { dates: string[]; recordings: Recordings }>();
  for (const file of files) {
    const recorded = recordedOf(file);
    if (!recorded) continue;
    const { broker, date = '' } = recorded;
    const label = 'label' in recorded ? recorded.label : null;
    const client = 'label' in recorded ? clientOf[recorded.label] : recorded.client;
    const { title } = file.scenario;
    const scenario = { id: file.label, title, ...('source' in recorded ? { source: recorded.source } : {}) };
    const key = `${broker} ${client}`;
    const known = groups.get(key) ?? {
      dates: [],
      recordings: { broker, client, label, from: '', to: '', scenarios: [] },
    };
    if (date !== '') known.dates.push(date);
    known.recordings = {
      ...known.recordings,
      scenarios: [...known.recordings.scenarios, scenario],
    };
    groups.set(key, known);
  }
  const recordings = [...groups.values()].map(({ dates, recordings: one }) => {
    const sorted = [...dates].sort();
    return { ...one, from: sorted[0] ?? '', to: sorted[sorted.length - 1] ?? '' };
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
  for (const one of recordings) {
    lines.push('', `## ${one.broker}, ${one.client}`, '', ...introduction(one), '');
    for (const { id, title, source } of one.scenarios)
      lines.push(`- **${id}** ${title}${source === undefined ? '' : ` (${source})`}`);
  }
  lines.push('', '## Known differences', '');
  for (const { says, why } of known) lines.push(`- ${says} ${why}`);
  lines.push('', '## Not modelled', '');
  for (const { says } of missing) lines.push(`- ${says}`);
  return `${lines.join('\n')}\n`;
}

/** What kind of evidence it is. */
function introduction({ label, from, to, scenarios }: Recordings): readonly string[] {
  const when = from === to ? from : `${from} to ${to}`;
  const count = `${scenarios.length} scenarios, all passing.`;
  if (label === null) return [`Recorded ${when}: ${count}`];
  const unreached = 'AWS could not be reached when this was made.';
  return label === 'aws-recorded'
    ? [
        `Label aws-recorded. ${unreached} These are answers of AWS itself to the tests of LocalStack (Apache-2.0, commit 8b9a79f05),`,
        `which recorded them ${when}, or, where it is said, what a test validated on AWS asserts; the scenarios are our own and ask the`,
        `same. ${count}`,
      ]
    : [
        `Label aws-documented. ${unreached} These follow from sentences of its documentation, which is a claim and not a recording;`,
        `each recording file quotes its sentence. ${count}`,
      ];
}

export function fidelityData(fidelity: Fidelity): string {
  return `${JSON.stringify(fidelity, null, 2)}\n`;
}

export function writeFidelity(root: string, files: readonly ScenarioFile[]): void {
  const fidelity = fidelityOf(files);
  writeFileSync(resolve(root, fidelityFiles.text), fidelityText(fidelity));
  writeFileSync(resolve(root, fidelityFiles.data), fidelityData(fidelity));
}
