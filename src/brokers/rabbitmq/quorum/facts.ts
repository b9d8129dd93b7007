/** What only quorum queues write into history. */
import { factType } from '../../../kernel/fact';

/** It came back once more than x-delivery-limit allows. position: its place in the log; amount: how often. */
export const DeliveryLimitReached = factType('rejected', 'DeliveryLimitReached');
/** Another node leads the queue. position: its number; amount: the term. */
export const LeaderElected = factType('elected', 'LeaderElected');
