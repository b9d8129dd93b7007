/** What a Kafka broker writes into history. Control traffic (heartbeats, joins, empty fetches) is not in it. */
import { factType } from '../../kernel/fact';

/** One per record. position: its offset. */
export const RecordAppended = factType('accepted', 'RecordAppended');
/** One per record of a batch that was not appended. detail: the error code. */
export const RecordRefused = factType('refused', 'RecordRefused');
/** position: the offset asked for, which the log does not have; detail: the error code. */
export const FetchRefused = factType('refused', 'FetchRefused');

/** position: the committed offset (the next to read); amount: the one before, −1 for none. Only when it changes. */
export const OffsetCommitted = factType('settled', 'OffsetCommitted');
/** position: the offset that was not committed; detail: the error code. */
export const OffsetCommitRefused = factType('refused', 'OffsetCommitRefused');
/** A group's committed offset is forgotten. position: what it was. */
export const OffsetExpired = factType('expired', 'OffsetExpired');

/** Retention took a segment. position: first offset gone; amount: how many. */
export const SegmentDeleted = factType('expired', 'SegmentDeleted');
/** Compaction went over the log. position: how far; amount: records that went. */
export const LogCleaned = factType('expired', 'LogCleaned');
/** DeleteRecords raised the log start. position: first offset gone; amount: how many. */
export const RecordsDeleted = factType('expired', 'RecordsDeleted');

/** amount: the generation that ends; detail: why. */
export const GroupRebalanceStarted = factType('rebalanced', 'GroupRebalanceStarted');
/** Stable again. amount: the generation; detail: who owns what, "search-a:0 search-b:1,2". */
export const GroupRebalanced = factType('rebalanced', 'GroupRebalanced');
/** The last member is gone. amount: the generation. */
export const GroupEmptied = factType('rebalanced', 'GroupEmptied');
/** A member was dropped in the middle of a rebalance. detail: who, and why. */
export const MemberRemoved = factType('rebalanced', 'MemberRemoved');
/** A static member is back, or another has taken its name, under a new id: the group goes on with it. amount: the generation; detail: who. */
export const MemberReplaced = factType('rebalanced', 'MemberReplaced');

/** A share group's member was given records. position: the first; amount: which delivery it is; detail: to whom. */
export const RecordsAcquired = factType('hidden', 'RecordsAcquired');
/** position: its offset; amount: how often it was delivered. */
export const RecordAcknowledged = factType('settled', 'RecordAcknowledged');
/** It may be delivered again. position: its offset; amount: deliveries so far; detail: why. */
export const RecordReleased = factType('returned', 'RecordReleased');
/** A share group gives it to nobody any more. position: its offset; amount: deliveries; detail: why. */
export const RecordArchived = factType('rejected', 'RecordArchived');

/** A transaction's end in one partition. position: the offset it takes; detail: commit or abort. */
export const MarkerAppended = factType('settled', 'MarkerAppended');
/** amount: partitions it wrote to; detail: committed, aborted, fenced (by a newer producer) or timed out. */
export const TransactionEnded = factType('settled', 'TransactionEnded');

/** At run time, by request or by itself. amount: partitions. */
export const TopicCreated = factType('changed', 'TopicCreated');
/** amount: the partitions it had. */
export const TopicDeleted = factType('changed', 'TopicDeleted');
/** amount: the partitions there are now. */
export const PartitionsAdded = factType('changed', 'PartitionsAdded');

/** The controller chose another leader. position: its node, −1 for none; amount: the leader epoch; detail: "unclean" when records may be lost. */
export const LeaderElected = factType('elected', 'LeaderElected');
/** A node is silent and takes part no more. */
export const NodeFenced = factType('changed', 'NodeFenced');
/** A node takes part again. */
export const NodeUnfenced = factType('changed', 'NodeUnfenced');
/** A follower left the ISR. amount: how many are in sync now; detail: which node left. */
export const ReplicaFellBehind = factType('changed', 'ReplicaFellBehind');
/** A follower is in the ISR again. amount: how many are in sync now; detail: which node. */
export const ReplicaCaughtUp = factType('changed', 'ReplicaCaughtUp');
/** A follower cut its log off to agree with its leader. position: first offset gone; amount: how many; subject: its copy, "kafka-2/orders/0". */
export const LogTruncated = factType('truncated', 'LogTruncated');
/** One per record that was cut off. position: its offset; subject: the copy it was cut off from. */
export const RecordTruncated = factType('lost', 'RecordTruncated');
