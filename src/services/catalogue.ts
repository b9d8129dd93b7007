/** The events of the one shop: what they are called, how they are numbered, what they carry. */
import type { Body, Domain } from '../kernel/bodies';
import type { Context } from '../kernel/machine';

/** How far a producer has counted. */
export interface Catalogue {
  /** Events so far: one running number for all domains, as on the tokens (OC01, SK02, PR03). */
  number: number;
  /** By key: versions count up over all events about a thing. */
  versions: Map<string, number>;
}

interface Kind {
  readonly type: string;
  readonly prefix: string;
  readonly data: (context: Context) => Body['data'];
}

const kinds: Readonly<Record<Domain, Kind>> = {
  order: {
    type: 'OrderPlaced',
    prefix: 'OC',
    data: (context) => ({ quantity: 1 + context.random('quantity').below(5) }),
  },
  payment: {
    type: 'PaymentTaken',
    prefix: 'PA',
    data: (context) => ({ cents: price(context) }),
  },
  stock: {
    type: 'StockCounted',
    prefix: 'SK',
    data: (context) => ({ inStock: context.random('quantity').below(100) }),
  },
  notification: { type: 'CustomerNotified', prefix: 'NT', data: () => ({ by: 'mail' }) },
  price: {
    type: 'PriceChanged',
    prefix: 'PR',
    data: (context) => ({ cents: price(context) }),
  },
  ledger: {
    type: 'EntryPosted',
    prefix: 'LG',
    data: (context) => ({ cents: price(context) }),
  },
};

/** The next event: its domain by the pattern and its product by chance, unless the caller wishes otherwise. */
export function composeEvent(
  { products, pattern }: { readonly products: readonly string[]; readonly pattern: readonly Domain[] },
  catalogue: Catalogue,
  wishedKey: string | null | undefined,
  wishedDomain: Domain | null | undefined,
  context: Context,
): Body {
  const number = ++catalogue.number;
  const domain = wishedDomain ?? pattern[(number - 1) % pattern.length];
  const { type, prefix, data } = kinds[domain];
  const key = wishedKey ?? products[context.random('product').below(products.length)];
  const version = (catalogue.versions.get(key) ?? 0) + 1;
  catalogue.versions.set(key, version);
  return {
    domain,
    type,
    label: prefix + (number < 10 ? `0${number}` : number),
    key,
    version,
    correlation: hex4(context.random('correlation').bits()),
    data: data(context),
  };
}

/** The next entry of a ledger: its label says the amount, as on a statement. */
export function composeEntry(
  { account, amount }: { readonly account: string; readonly amount: number },
  catalogue: Catalogue,
  context: Context,
): Body {
  catalogue.number++;
  const version = (catalogue.versions.get(account) ?? 0) + 1;
  catalogue.versions.set(account, version);
  return {
    domain: 'ledger',
    type: amount < 0 ? 'Withdrawn' : 'Deposited',
    label: `LG${amount < 0 ? '−' : '+'}${Math.abs(amount)}`,
    key: account,
    version,
    correlation: hex4(context.random('correlation').bits()),
    data: { amount },
  };
}

/** From 3.00 to 40.00 in steps of ten cents. */
function price(context: Context): number {
  return 300 + 10 * context.random('quantity').below(371);
}

/** The last four hexadecimal digits, as people read them out ("7f3a"). */
function hex4(bits: number): string {
  return (0x10000 + (bits & 0xffff)).toString(16).slice(1);
}
