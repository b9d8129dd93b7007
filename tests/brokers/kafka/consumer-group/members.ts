/** A member of the consumer protocol as the broker sees one: it acknowledges what it is told, when it is told to beat. */
import type {
  Assignment,
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../../src/brokers/kafka/protocol';
import type { LoneBroker } from '../lone-broker';

type Fields = Partial<Omit<ConsumerGroupHeartbeatRequest, 'type' | 'correlationId' | 'clientId'>>;

export class Member {
  epoch = 0;
  assignment: Assignment = {};

  constructor(
    private readonly broker: LoneBroker,
    readonly memberId: string,
    private readonly subscribed: readonly string[] = ['orders'],
    private readonly more: Fields = {},
  ) {}

  /** The first heartbeat, which says everything. */
  join(fields: Fields = {}): ConsumerGroupHeartbeatResponse {
    const all: Fields = { memberEpoch: 0, rebalanceTimeoutMs: 60_000, subscribedTopicNames: this.subscribed, topicPartitions: {} }; // prettier-ignore
    return this.say({ ...all, ...fields });
  }

  /** A heartbeat that says what the member has, as the client does once it has followed an assignment. */
  beat(fields: Fields = {}): ConsumerGroupHeartbeatResponse {
    return this.say({ topicPartitions: this.assignment, ...fields });
  }

  leave(epoch = -1): ConsumerGroupHeartbeatResponse {
    return this.say({ memberEpoch: epoch });
  }

  /** What is sent, and what comes of it for the member. */
  say(fields: Fields): ConsumerGroupHeartbeatResponse {
    const response = this.broker.ask<ConsumerGroupHeartbeatResponse>({
      ...{ type: 'ConsumerGroupHeartbeatRequest', clientId: this.memberId, groupId: 'search' },
      ...{ memberId: this.memberId, memberEpoch: this.epoch, instanceId: null, rebalanceTimeoutMs: -1 },
      ...{ subscribedTopicNames: null, serverAssignor: null, topicPartitions: null },
      ...this.more,
      ...fields,
    })!;
    if (response.errorCode === 'NONE') {
      this.epoch = response.memberEpoch;
      if (response.assignment) this.assignment = response.assignment;
    }
    return response;
  }
}

/** Everybody beats, for as many rounds; time passes between them. */
export function settle(broker: LoneBroker, members: readonly Member[], rounds = 4): void {
  for (let round = 0; round < rounds; round++) {
    broker.wait(1000);
    for (const member of members) member.beat();
  }
}
