/** What real brokers of every kind have in common. */
import type { Tools } from '../define';

/** The brokers of one cluster, running. */
export interface Running {
  /** "Apache Kafka 4.3.1". */
  readonly label: string;
  /** Whether a node was killed, started or stopped since the last `heal`. */
  readonly hurt: boolean;
  /** Starts what was killed and lets go on what was stopped. */
  heal(): Promise<void>;
  stop(): Promise<void>;
  /** Opens what one run of a scenario is given of them. */
  open(run: Run): Opened;
  /** Messages per second from end to end. Needs a cluster that is well. */
  rate(): Promise<number>;
}

/** One run of a scenario. */
export interface Run {
  /** Texts of this run and what they are called in every run; those that `name` made, too. */
  readonly names: Map<string, string>;
}

export interface Opened {
  readonly tools: Partial<Tools>;
  /** With which library or libraries it was connected: "kafkajs 2.2.4". */
  client(): string;
  /** Disconnects what the scenario connected. */
  close(): Promise<void>;
}
