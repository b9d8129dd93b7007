/** Addresses of exchanges and queues, for facts and the stage. `broker` is the name of the broker, not of one of its nodes. */

export function exchangeAddress(broker: string, exchange: string): string {
  return `${broker}/exchange/${exchange}`;
}

export function queueAddress(broker: string, queue: string): string {
  return `${broker}/queue/${queue}`;
}
