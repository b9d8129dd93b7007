/**
 * What requests cost, in US East (N. Virginia), first tier: $0.40 a million to standard queues, $0.50 to FIFO queues.
 * Every 64 KiB of payload is a request, a call that carries less is one, with ten messages or with none. The first
 * million a month, which is free, is not taken off. From third-party price lists of 2026 (cloudburn.io,
 * factualminds.com): AWS's own page (https://aws.amazon.com/sqs/pricing/) was not at hand.
 */
const billedBytes = 64 * 1024;
const nanodollarsStandard = 400;
const nanodollarsFifo = 500;

export function billedRequests(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / billedBytes));
}

export function nanodollars(requests: number, isFifo: boolean): number {
  return requests * (isFifo ? nanodollarsFifo : nanodollarsStandard);
}
