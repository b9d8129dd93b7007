import { expect, test } from 'vitest';
import { protocolFailure } from '../../../src/clients/kafka/failure';
import { readProducerOptions } from '../../../src/clients/kafka/options';
import { newRetry, nextWait } from '../../../src/clients/kafka/retry';
import type { Random } from '../../../src/kernel/random';
import { toMs } from '../../../src/kernel/time';
import { seeded } from '../../helpers/transition';
import { realErrors, realRetryDefaults } from './kafkajs';

const { retry: options } = readProducerOptions({});
const drawing = (unit: number): Random => ({ ...seeded(1)('retry'), unit: () => unit });

/** Milliseconds of every wait until the attempts are used up. */
function waits(random: Random): number[] {
  const retry = newRetry();
  const list: number[] = [];
  for (let wait = nextWait(retry, options, random); wait !== null; wait = nextWait(retry, options, random)) {
    list.push(toMs(wait));
  }
  return list;
}

test('the defaults are those of kafkajs', () => {
  expect(options).toEqual(realRetryDefaults);
});

test('six attempts: waits begin near 300 ms and double', () => {
  expect(waits(drawing(0.5))).toEqual([300, 600, 1200, 2400, 4800]);
});

test('the jitter of 20 % compounds from wait to wait', () => {
  expect(waits(drawing(0))).toEqual([240, 384, 616, 986, 1578]);
  expect(waits(drawing(1))[1]).toBe(2 * 432);
});

test('no wait is longer than maxRetryTime', () => {
  const patient = { ...options, retries: 20, initialRetryTime: 20_000 };
  const retry = newRetry();
  const list = Array.from({ length: 5 }, () => toMs(nextWait(retry, patient, drawing(0.5))!));
  expect(list).toEqual([20_000, 30_000, 30_000, 30_000, 30_000]);
});

test('all retries together take about 9.3 seconds (K-17)', () => {
  const random = seeded(7)('retry');
  const totals = Array.from({ length: 500 }, () => waits(random).reduce((sum, wait) => sum + wait, 0));
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  expect(Math.abs(mean - 9300)).toBeLessThan(300);
});

test('an error code is worth another try when kafkajs says so', () => {
  // kafkajs's own names for three codes whose names have changed since
  const renamed: Readonly<Record<string, string>> = {
    NOT_LEADER_FOR_PARTITION: 'NOT_LEADER_OR_FOLLOWER',
    GROUP_COORDINATOR_NOT_AVAILABLE: 'COORDINATOR_NOT_AVAILABLE',
    NOT_COORDINATOR_FOR_GROUP: 'NOT_COORDINATOR',
  };
  const ours = [
    'OFFSET_OUT_OF_RANGE',
    'UNKNOWN_TOPIC_OR_PARTITION',
    'NOT_LEADER_OR_FOLLOWER',
    'REQUEST_TIMED_OUT',
    'MESSAGE_TOO_LARGE',
    'COORDINATOR_NOT_AVAILABLE',
    'NOT_COORDINATOR',
    'INVALID_TOPIC_EXCEPTION',
    'ILLEGAL_GENERATION',
    'INCONSISTENT_GROUP_PROTOCOL',
    'UNKNOWN_MEMBER_ID',
    'REBALANCE_IN_PROGRESS',
    'MEMBER_ID_REQUIRED',
    'INVALID_RECORD',
  ] as const;
  for (const type of ours) {
    const real = realErrors.find((error) => (renamed[error.type] ?? error.type) === type);
    expect(`${type} ${protocolFailure(type).retriable}`).toBe(`${type} ${real?.retriable}`);
  }
});
