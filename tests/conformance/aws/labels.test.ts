/** A recording of AWS is somebody's word: each has to say whose. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { awsLabels, type RecordedElsewhere } from '../define';
import { fidelityOf, fidelityText } from '../harness/fidelity';
import { recordedOf, scenariosIn, type Load } from '../harness/scenarios';

const load: Load = (file) => import(/* @vite-ignore */ file) as ReturnType<Load>;
const files = await scenariosIn(fileURLToPath(new URL('.', import.meta.url)), load);
const recordings = files.map((file) => [file.scenario.id, recordedOf(file) as RecordedElsewhere] as const);

describe('recordings of AWS', () => {
  test.each(recordings)('%s says what it is and where it is from', (id, recorded) => {
    expect(recorded.id).toBe(id);
    expect(awsLabels).toContain(recorded.label);
    expect(recorded.broker).toMatch(/^(Amazon SQS|Amazon SNS|AWS Lambda)$/);
    expect(recorded.source).not.toBe('');
    if (recorded.label === 'aws-documented') expect(recorded.quote).toMatch(/\w/);
    // taken from an answer of a certain day, or from what a test that was validated on AWS asserts
    else expect(recorded.date ?? recorded.source).toMatch(/^20\d\d-\d\d-\d\d$|validated on AWS/);
  });

  test('FIDELITY.md keeps answers and documentation apart, and says that AWS could not be reached', () => {
    const fidelity = fidelityOf(files);
    const labels = new Set(fidelity.recordings.map(({ label }) => label));
    expect([...labels].sort()).toEqual([...awsLabels].sort());
    const text = fidelityText(fidelity);
    for (const { broker, client, scenarios } of fidelity.recordings) {
      const [, section] = text.split(`## ${broker}, ${client}\n`);
      expect(section.split('\n## ')[0]).toContain('AWS could not be reached');
      expect(scenarios.every(({ source = '' }) => section.includes(source))).toBe(true);
    }
  });
});
