/** Addresses of exchanges and queues, for facts and the stage. `broker` is the name of the broker, not of one of its nodes. */

export function exchangeAddress(broker: string, exchange: string): string {
  return `${broker}/exchange/${exchange === '' ? defaultExchange : exchange}`;
}

export function queueAddress(broker: string, queue: string): string {
  return `${broker}/queue/${queue}`;
}

/** What RabbitMQ's own management pages call the exchange without a name. */
const defaultExchange = '(AMQP default)';
