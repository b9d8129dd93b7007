/** ShareAcknowledge (KafkaApis.scala handleShareAcknowledgeRequest): without reading on, and with epoch −1 the end of the session. */
import type { Context } from '../../../kernel/machine';
import { placeOf, type Place } from '../consumer-group/modern-group';
import type { ErrorCode, ShareAcknowledgeRequest, ShareAcknowledgeResponse } from '../protocol';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { lockMs } from './rules';
import { endShareSession, finalEpoch, goOn, sessionOf } from './sessions';
import { wakeShareFetches } from './share-fetch';
import { newShareState } from './share-state';
import { takeAcknowledgements } from './take-acknowledgements';

export function shareAcknowledge(
  state: BrokerState,
  request: ShareAcknowledgeRequest,
  caller: Caller,
  context: Context,
): void {
  const share = (state.share ??= newShareState());
  const { correlationId, groupId, memberId, shareSessionEpoch, topics } = request;
  const error = goOn(share, request);
  const errors =
    error === 'NONE' ? takeAcknowledgements(state, request, caller, context) : new Map<Place, ErrorCode>();
  const response: ShareAcknowledgeResponse = {
    ...{ type: 'ShareAcknowledgeResponse', correlationId, errorCode: error },
    acquisitionLockTimeoutMs: lockMs(state, groupId),
    responses: topics.map(({ partitions, topic }) => ({
      topic,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: errors.get(placeOf(topic, partitionIndex)) ?? error,
      })),
    })),
  };
  context.reply(caller.connection, response);
  const session = sessionOf(share, groupId, memberId);
  if (error === 'NONE' && shareSessionEpoch === finalEpoch && session)
    endShareSession(state, session, 'released', context);
  wakeShareFetches(state, context);
}
