/** Actions on event source mappings: which queue is read for which function, and how. */
import type { Tagged } from '../../../../kernel/machine';

export interface FilterCriteria {
  readonly Filters?: readonly { readonly Pattern?: string }[];
}

/** What a mapping may be told. */
export interface MappingSettings {
  /** Absent: 10. */
  readonly BatchSize?: number;
  /** Seconds; absent: 0. */
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly Enabled?: boolean;
  readonly FilterCriteria?: FilterCriteria;
  readonly FunctionResponseTypes?: readonly string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
}

export interface CreateEventSourceMappingRequest extends Tagged, MappingSettings {
  readonly type: 'CreateEventSourceMappingRequest';
  readonly EventSourceArn?: string;
  readonly FunctionName: string;
}
export interface UpdateEventSourceMappingRequest extends Tagged, MappingSettings {
  readonly type: 'UpdateEventSourceMappingRequest';
  readonly UUID: string;
  readonly FunctionName?: string;
}
export interface DeleteEventSourceMappingRequest extends Tagged {
  readonly type: 'DeleteEventSourceMappingRequest';
  readonly UUID: string;
}
export interface GetEventSourceMappingRequest extends Tagged {
  readonly type: 'GetEventSourceMappingRequest';
  readonly UUID: string;
}
export interface ListEventSourceMappingsRequest extends Tagged {
  readonly type: 'ListEventSourceMappingsRequest';
  readonly EventSourceArn?: string;
  readonly FunctionName?: string;
}

export type MappingState =
  'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

export interface EventSourceMapping {
  readonly UUID: string;
  readonly EventSourceMappingArn: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly BatchSize: number;
  readonly MaximumBatchingWindowInSeconds: number;
  readonly FunctionResponseTypes: readonly string[];
  readonly FilterCriteria?: FilterCriteria;
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
  readonly State: MappingState;
  readonly StateTransitionReason: 'USER_INITIATED';
  /** ISO 8601. */
  readonly LastModified: string;
}
export interface EventSourceMappingResponse extends Tagged, EventSourceMapping {
  readonly type:
    | 'CreateEventSourceMappingResponse'
    | 'UpdateEventSourceMappingResponse'
    | 'DeleteEventSourceMappingResponse'
    | 'GetEventSourceMappingResponse';
}
export interface ListEventSourceMappingsResponse extends Tagged {
  readonly type: 'ListEventSourceMappingsResponse';
  readonly EventSourceMappings: readonly EventSourceMapping[];
}
