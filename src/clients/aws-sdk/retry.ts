/**
 * The SDK's standard retry mode as of 2026 (@smithy/core submodules/retry): three attempts, full jitter on 50 ms (one
 * second when throttled) doubled each time and at most 20 s, and a budget of tokens that retries spend.
 */
import type { Random } from '../../kernel/random';

/** What an error says of trying again. */
type Kind = 'THROTTLING' | 'TRANSIENT' | 'CLIENT_ERROR';

const throttlingNames = [
  'BandwidthLimitExceeded', 'EC2ThrottledException', 'LimitExceededException', 'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException',
  'SlowDown', 'ThrottledException', 'Throttling', 'ThrottlingException', 'TooManyRequestsException',
  'TransactionInProgressException',
]; // prettier-ignore
const transientStatus = [500, 502, 503, 504];
const networkCodes = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'];

const baseMs = 50;
const throttledBaseMs = 1000;
const longestMs = 20_000;
const initialTokens = 500;
const costs = { THROTTLING: 5, TRANSIENT: 14 } as const;
const refillWithoutRetry = 1;

interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function kindOf({ name = '', code = '', $metadata }: Failure): Kind {
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 429 || throttlingNames.includes(name)) return 'THROTTLING';
  return transientStatus.includes(status) || networkCodes.includes(code) ? 'TRANSIENT' : 'CLIENT_ERROR';
}

/** The budget of one client. */
export class Retries {
  private tokens = initialTokens;
  readonly maxAttempts: number;

  constructor(maxAttempts = 3) {
    this.maxAttempts = maxAttempts;
  }

  /** Milliseconds to wait before the next attempt, after `attempts` of them; null: this was the last. */
  next(
    error: Failure,
    attempts: number,
    random: Random,
  ): { readonly waitMs: number; readonly cost: number } | null {
    const kind = kindOf(error);
    if (kind === 'CLIENT_ERROR' || attempts >= this.maxAttempts || this.tokens < costs[kind]) return null;
    this.tokens -= costs[kind];
    let limit = kind === 'THROTTLING' ? throttledBaseMs : baseMs;
    for (let doubled = 1; doubled < attempts; doubled++) limit = Math.min(limit * 2, longestMs);
    return { waitMs: Math.floor(random.unit() * limit), cost: costs[kind] };
  }

  /** `cost` of the retry that went well; 0: there was none. */
  succeeded(cost: number): void {
    this.tokens = Math.min(initialTokens, this.tokens + (cost === 0 ? refillWithoutRetry : cost));
  }
}
