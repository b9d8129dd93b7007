import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { countPlaywright, countVitest, readResult } from '../../scripts/results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'results-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(report: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report));
  return file;
}

const vitestReport = (...statuses: string[]) => ({
  testResults: [
    { name: 'a.test.ts', status: 'passed', assertionResults: statuses.map((status) => ({ status })) },
  ],
});

describe('a result file', () => {
  test('that is missing is one failure', () => {
    expect(readResult(join(folder, 'absent.json'), countVitest, true)).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  test('that cannot be read is one failure', () => {
    expect(readResult(fileWith('{ "testResults": ['), countVitest, true)).toMatchObject({ failed: 1 });
  });

  test('without any test is one failure', () => {
    expect(readResult(fileWith({ testResults: [] }), countVitest, true)).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  test('that shows only passes fails once when its runner failed', () => {
    const result = readResult(fileWith(vitestReport('passed', 'passed')), countVitest, false);
    expect(result).toMatchObject({ passed: 2, failed: 1 });
  });
});

describe('Vitest', () => {
  test('counts passed, failed and skipped tests apart', () => {
    const result = countVitest(vitestReport('passed', 'failed', 'pending', 'todo', 'passed'));
    expect(result).toMatchObject({ passed: 2, failed: 1, skipped: 2 });
  });

  test('a file that does not load is one failure', () => {
    const report = { testResults: [{ name: 'broken.test.ts', status: 'failed', assertionResults: [] }] };
    expect(countVitest(report)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('Playwright', () => {
  const spec = (projectName: string, status: string) => ({ tests: [{ projectName, status }] });

  test('counts nested suites, by engine', () => {
    const report = {
      suites: [
        {
          specs: [spec('chromium', 'expected')],
          suites: [{ specs: [spec('chromium', 'unexpected'), spec('firefox', 'expected')] }],
        },
      ],
    };
    expect(countPlaywright(report)).toMatchObject({
      passed: 2,
      failed: 1,
      engines: { chromium: { passed: 1, failed: 1 }, firefox: { passed: 1, failed: 0 } },
    });
  });

  test('a test that passed only when tried again failed', () => {
    expect(countPlaywright({ suites: [{ specs: [spec('chromium', 'flaky')] }] })).toMatchObject({
      failed: 1,
    });
  });
});
