/** Identity of a message for the whole run: every copy, retry and redelivery carries the same one. */
export type MessageId = number;

/** The six domains of the one shop; each has its own shape and colour on stage (experience.md 2.5). */
export const domains = ['order', 'payment', 'stock', 'notification', 'price', 'ledger'] as const;
export type Domain = (typeof domains)[number];

/** An event as its producer wrote it. Stored once per run; never changed. */
export interface Body {
  readonly domain: Domain;
  /** Past tense: "OrderPlaced". */
  readonly type: string;
  /** Short name on the token: "OC17". */
  readonly label: string;
  /** Partition or routing key; null when there is none. */
  readonly key: string | null;
  /** Version of the entity the event speaks of, from 1; 0 when it has none. */
  readonly version: number;
  /** Correlation id of the journey it belongs to. */
  readonly correlation: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Bodies of a run in the order they were composed; the index is the MessageId. Append-only. A fork or a
 * rewound run shares the array up to its own count and copies before it would write something else there.
 */
export class Bodies {
  private rows: Body[];
  private used: number;

  constructor(rows: Body[] = [], used = rows.length) {
    this.rows = rows;
    this.used = used;
  }

  get count(): number {
    return this.used;
  }

  add(body: Body): MessageId {
    const known = this.rows[this.used];
    if (known === undefined || !sameBody(known, body)) {
      if (known !== undefined) this.rows = this.rows.slice(0, this.used);
      this.rows[this.used] = body;
    }
    return this.used++;
  }

  get(message: MessageId): Body {
    const body = this.rows[message];
    if (!body) throw new RangeError(`No message ${message}: this run has composed ${this.used}.`);
    return body;
  }

  /** All that this run is known to compose, later than the present instant too. */
  known(): Body[] {
    return this.rows.slice();
  }

  /** Another future begins at the present instant: nothing later is known of it. */
  forgetLater(): void {
    this.rows = this.rows.slice(0, this.used);
  }

  /** Goes to the time when `count` bodies had been composed; later ones will be composed again. */
  rewind(count: number): void {
    this.used = count;
  }

  /** A separate future on the same past. */
  fork(): Bodies {
    return new Bodies(this.rows.slice(), this.used);
  }
}

/** Replaying the known past composes equal bodies: keep the first object then, so that references stay equal. */
function sameBody(a: Body, b: Body): boolean {
  if (a === b) return true;
  return (
    a.label === b.label &&
    a.type === b.type &&
    a.key === b.key &&
    a.version === b.version &&
    a.domain === b.domain &&
    a.correlation === b.correlation &&
    sameData(a.data, b.data)
  );
}

function sameData(a: Body['data'], b: Body['data']): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
