/** The same arithmetic elsewhere: six services that nearly always work, and ten of which one call in a hundred hangs. */
import type { Probe } from '../../../src/course/lesson';
import { services, street } from './street';

const placed = { type: 'OrderPlaced' };

export const sixCalls: Probe = {
  bet: {
    id: 'six-calls',
    options: [
      { id: 'as-each', misconception: 'weakest-link' },
      { id: 'product', right: true },
      { id: 'percent-each', misconception: 'percent-each' },
      { id: 'better', misconception: 'more-is-safer' },
    ],
  },
  scenario: street({
    name: 'six-calls',
    callees: services.slice(0, 6),
    service: { latencyMs: { kind: 'lognormal', medianMs: 60, sigma: 0.4 }, errorRate: 0.001 },
    ratePerSecond: 60,
    endMs: 50_000,
  }),
  seed: 3,
  askAtMs: 200,
  tellAtMs: 42_000,
  shows: {
    id: 'six-calls',
    clauses: [
      {
        id: 'succeed',
        expression: {
          op: 'share',
          of: { type: 'OrderAnswered' },
          among: placed,
          else: { type: 'OrderFailed' },
          is: { min: 0.987, max: 0.9995 },
          least: 2000,
        },
      },
    ],
  },
  moment: { type: 'OrderFailed' },
};

export const tenCalls: Probe = {
  bet: {
    id: 'ten-calls',
    options: [
      { id: 'one-in-hundred', misconception: 'rate-stays' },
      { id: 'one-in-ten', right: true },
      { id: 'all', misconception: 'everybody-waits' },
    ],
  },
  scenario: street({
    name: 'ten-calls',
    callees: services.slice(0, 10),
    service: {
      latencyMs: { kind: 'lognormal', medianMs: 50, sigma: 0.4 },
      stallChance: 0.01,
      stallMs: 3000,
    },
    ratePerSecond: 40,
    endMs: 60_000,
  }),
  seed: 5,
  askAtMs: 200,
  tellAtMs: 50_000,
  shows: {
    id: 'ten-calls',
    clauses: [
      {
        id: 'hang',
        expression: {
          op: 'share',
          of: { type: 'RequestStalled' },
          among: placed,
          is: { min: 0.065, max: 0.13 },
          least: 1500,
        },
      },
    ],
  },
  moment: { type: 'RequestStalled' },
};
