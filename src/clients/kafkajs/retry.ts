/** The library's retrier (kafkajs 2.2.4 src/retry): the same waits as the drivers', awaited. */
import { nextWait, newRetry, type RetryOptions } from '../kafka/retry';
import type { ScriptWorld } from '../script';
import { KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } from './errors';

const unrecoverable = ['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError'];

export const retryDefaults: RetryOptions = {
  initialRetryTime: 300,
  maxRetryTime: 30_000,
  factor: 0.2,
  multiplier: 2,
  retries: 5,
};

/** `work` may say that trying again is no use by calling `bail`. */
export async function retried<Result>(
  world: ScriptWorld,
  given: Partial<RetryOptions> | undefined,
  work: (bail: (error: unknown) => never) => Promise<Result>,
): Promise<Result> {
  const options = { ...retryDefaults, ...given };
  const retry = newRetry();
  for (;;) {
    let bailed: { readonly error: unknown } | null = null;
    try {
      return await work((error) => {
        bailed = { error };
        throw error;
      });
    } catch (caught) {
      if (bailed !== null) throw (bailed as { readonly error: unknown }).error;
      const error = caught as Error & { readonly retriable?: boolean; readonly cause?: unknown };
      if (error.retriable === false || unrecoverable.includes(error.name))
        throw new KafkaJSNonRetriableError(error.message, { cause: error.cause ?? error });
      const wait = nextWait(retry, options, world.random('retry'));
      if (wait === null)
        throw new KafkaJSNumberOfRetriesExceeded(error, { retryCount: retry.count, retryTime: retry.waitMs });
      await world.sleep(wait);
    }
  }
}
