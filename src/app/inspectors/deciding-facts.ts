import type { Fact, FactId, FactKind } from '../../kernel/fact';
import type { RunHost } from '../../scenario/host';

/** What decides about a record without naming it: flags, seeks and deletions in its partition, and crashes anywhere. */
const inLane: readonly FactKind[] = ['settled', 'sought', 'expired'];
const anywhere: readonly FactKind[] = ['crashed'];
/** As many facts as a host gives in one answer. */
const perAnswer = 5000;

/** Those facts since a record was taken in. Reads only what it has not read yet: history never changes. */
export class DecidingFacts {
  private host: RunHost | null = null;
  private accepted: FactId = -1;
  private read: FactId = 0;
  private facts: readonly Fact[] = [];
  private reading: Promise<unknown> = Promise.resolve();

  /** In order, at least up to fact `count` (exclusive); later ones may be among them. */
  upTo(host: RunHost, accepted: Fact | null, count: FactId): Promise<readonly Fact[]> {
    const next = this.reading.then(() => this.readOn(host, accepted, count));
    this.reading = next.catch(() => undefined);
    return next;
  }

  private async readOn(host: RunHost, accepted: Fact | null, count: FactId): Promise<readonly Fact[]> {
    if (accepted === null) return [];
    if (host !== this.host || accepted.id !== this.accepted) {
      this.host = host;
      this.accepted = accepted.id;
      this.read = accepted.id;
      this.facts = [];
    }
    if (count <= this.read) return this.facts;
    const range = { from: this.read, to: count };
    const [lane, crashes] = await Promise.all([
      all(host, { ...range, kinds: inLane, subject: accepted.subject }),
      all(host, { ...range, kinds: anywhere }),
    ]);
    this.facts = [...this.facts, ...[...lane, ...crashes].sort((a, b) => a.id - b.id)];
    this.read = count;
    return this.facts;
  }
}

interface Wanted {
  readonly from: FactId;
  readonly to: FactId;
  readonly kinds: readonly FactKind[];
  readonly subject?: string;
}

async function all(host: RunHost, wanted: Wanted): Promise<Fact[]> {
  const found: Fact[] = [];
  for (let from = wanted.from; ; from = found[found.length - 1].id + 1) {
    const facts = await host.facts({ ...wanted, from, limit: perAnswer });
    found.push(...facts);
    if (facts.length < perAnswer) return found;
  }
}
