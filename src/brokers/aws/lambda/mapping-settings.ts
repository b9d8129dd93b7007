/** What a mapping may be told, and what AWS says of the rest (recorded: LocalStack, test_lambda_integration_sqs). */
import { seconds, toMs } from '../../../kernel/time';
import { BadPattern, patternOf, type Pattern } from '../protocol/pattern';
import { invalidValue, tooMuch } from './errors';
import type { FilterCriteria, MappingSettings } from './protocol';
import type { MappingSetup } from './state';

/** API reference, CreateEventSourceMapping. */
const batchSizeMax = 10_000;
const fifoBatchSizeMax = 10;
const windowMax = 300;

export const defaultSetup: MappingSetup = {
  batchSize: 10,
  window: 0,
  filterCriteria: null,
  patterns: [],
  responseTypes: [],
  maximumConcurrency: null,
};

/** The settings as they are after what is given was said. Throws what AWS would answer. */
export function setupOf(before: MappingSetup, given: MappingSettings, isFifo: boolean): MappingSetup {
  const batchSize = given.BatchSize ?? before.batchSize;
  const window = given.MaximumBatchingWindowInSeconds ?? toMs(before.window) / 1000;
  checkBatches(batchSize, window, isFifo);
  const responseTypes = given.FunctionResponseTypes ?? before.responseTypes;
  if (responseTypes.some((type) => type !== 'ReportBatchItemFailures')) {
    throw invalidValue('Unsupported function response type.');
  }
  const filterCriteria = given.FilterCriteria ?? before.filterCriteria;
  return {
    batchSize,
    window: seconds(window),
    filterCriteria,
    patterns: given.FilterCriteria ? patternsOf(given.FilterCriteria) : before.patterns,
    responseTypes,
    maximumConcurrency: concurrencyOf(before, given),
  };
}

function checkBatches(batchSize: number, window: number, isFifo: boolean): void {
  if (batchSize > batchSizeMax) throw tooMuch('batchSize', batchSize, batchSizeMax, 'less');
  if (batchSize < 1) throw tooMuch('batchSize', batchSize, 1, 'greater');
  if (window > windowMax) throw tooMuch('maximumBatchingWindowInSeconds', window, windowMax, 'less');
  if (isFifo) {
    if (window > 0) throw invalidValue('Batching window is not supported for FIFO queues.');
    if (batchSize > fifoBatchSizeMax)
      throw invalidValue(`Batch size must be at most ${fifoBatchSizeMax} for FIFO queues.`);
  } else if (batchSize > 10 && window === 0) {
    throw invalidValue(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
}

function concurrencyOf(before: MappingSetup, { ScalingConfig }: MappingSettings): number | null {
  if (!ScalingConfig) return before.maximumConcurrency;
  const { MaximumConcurrency: count } = ScalingConfig;
  if (count === undefined) return null;
  if (count < 2) throw tooMuch('scalingConfig.maximumConcurrency', count, 2, 'greater');
  if (count > 1000) throw tooMuch('scalingConfig.maximumConcurrency', count, 1000, 'less');
  return count;
}

function patternsOf({ Filters = [] }: FilterCriteria): readonly Pattern[] {
  return Filters.flatMap(({ Pattern: text }) => (text === undefined ? [] : [filterPattern(text)]));
}

function filterPattern(text: string): Pattern {
  try {
    JSON.parse(text);
    return patternOf(text);
  } catch (error) {
    if (error instanceof BadPattern || error instanceof SyntaxError)
      throw invalidValue('Invalid filter pattern definition.');
    throw error;
  }
}
