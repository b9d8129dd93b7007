/**
 * A facade of the AWS SDK for JavaScript v3 (@aws-sdk/client-sqs and client-sns 3.1169, client-lambda 3.1164): clients,
 * commands, outputs, error classes and messages, in simulated time. A program type-checks against either. Retries follow
 * the standard mode. Not there, and said when asked for: the aggregated clients (`new SQS()`), paginators, waiters and
 * middleware; signing, endpoints and timeouts of requests are left out silently, as nothing here depends on them.
 */
import type * as ClientLambda from '@aws-sdk/client-lambda';
import type * as ClientSns from '@aws-sdk/client-sns';
import type * as ClientSqs from '@aws-sdk/client-sqs';
import type { ScriptWorld } from '../script';
import { createFunction, type FunctionOptions } from './functions';
import { lambdaModule } from './lambda';
import { snsModule } from './sns';
import { sqsModule } from './sqs';

export interface AwsSdk {
  /** As a program imports @aws-sdk/client-sqs; likewise the others. */
  readonly sqs: typeof ClientSqs;
  readonly sns: typeof ClientSns;
  readonly lambda: typeof ClientLambda;
  readonly createFunction: (options: FunctionOptions) => Promise<string>;
}

/** The packages, for one world, whose services are the processes "sqs", "sns" and "lambda". */
export function awsSdk(world: ScriptWorld): AwsSdk {
  return {
    sqs: sqsModule(world),
    sns: snsModule(world),
    lambda: lambdaModule(world),
    createFunction: (options) => createFunction(world, options),
  };
}
