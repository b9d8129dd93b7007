/** x-death: what a message's headers say of the queues it died in (rabbit_dead_letter.erl, mc.erl). */
export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

/** One entry for each queue and reason. */
export interface Death {
  readonly queue: string;
  readonly reason: DeathReason;
  /** How often it died so there. */
  readonly count: number;
  /** First and, since 4.0, last time, in whole seconds and milliseconds of the run's start as 0. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  readonly originalExpiration?: string;
}
