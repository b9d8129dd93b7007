// Reads the result files of Vitest and Playwright. Nothing is taken on trust: no file, no pass.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, remarks: string[] }} Result
 */

/** @returns {Result} */
const nothing = () => ({ passed: 0, failed: 0, skipped: 0, remarks: [] });

/**
 * Counts the tests in a result file. `succeeded` is what the runner's exit code said: a runner that failed
 * without a failed test (a file that does not load, an unhandled rejection) counts as one failure.
 *
 * @param {string} file
 * @param {(report: any) => Result} count
 * @param {boolean} succeeded
 * @returns {Result}
 */
export function readResult(file, count, succeeded) {
  const fail = (remark) => ({ ...nothing(), failed: 1, remarks: [remark] });
  if (!existsSync(file)) return fail(`no result file (${file}): the runner did not finish`);
  let result;
  try {
    result = count(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return fail(`unreadable result file (${file}): ${error.message}`);
  }
  if (!succeeded && result.failed === 0) {
    result.failed = 1;
    result.remarks.push('the runner failed outside any test, see above');
  }
  if (succeeded && result.passed + result.failed === 0) return fail('the runner found no test');
  return result;
}

/** @returns {Result} */
export function countVitest(report) {
  const result = nothing();
  for (const file of report.testResults) {
    // A file that could not be loaded has no tests to count, yet it failed.
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')) {
      result.failed++;
      result.remarks.push(`${file.name} failed outside its tests`);
    }
    for (const { status } of file.assertionResults) {
      if (status === 'passed') result.passed++;
      else if (status === 'failed') result.failed++;
      else result.skipped++;
    }
  }
  return result;
}

/** @returns {Result & { engines: Record<string, { passed: number, failed: number }> }} */
export function countPlaywright(report) {
  const result = { ...nothing(), engines: {} };
  for (const { projectName, status } of report.suites.flatMap(testsOf)) {
    const engine = (result.engines[projectName] ??= { passed: 0, failed: 0 });
    if (status === 'skipped') {
      result.skipped++;
    } else {
      // "flaky" passed only when tried again, which is a failure here.
      const outcome = status === 'expected' ? 'passed' : 'failed';
      result[outcome]++;
      engine[outcome]++;
    }
  }
  return result;
}

const testsOf = (suite) => [
  ...(suite.specs ?? []).flatMap((spec) => spec.tests),
  ...(suite.suites ?? []).flatMap(testsOf),
];
