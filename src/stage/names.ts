import type { Process, Shape, Store } from '../kernel/shape';

/** Words that are written in capitals wherever they stand. */
const capitals = new Set(['api', 'sqs', 'sns', 'dlq', 'id', 'ui', 'crm']);

/** "search-b" → "search B", "shop-api" → "shop API": how a process is written on stage. */
export function displayName(name: string): string {
  return name
    .split(/[-_ ]+/)
    .map((word, index) =>
      capitals.has(word) || (word.length === 1 && index > 0) ? word.toUpperCase() : word,
    )
    .join(' ');
}

/** How a service is called on stage: who reads alone for its group goes by the group's name. */
export function serviceName({ name, group }: Process, all: readonly Process[]): string {
  const alone = group !== null && all.filter((one) => one.group === group).length === 1;
  return displayName(alone ? group : name);
}

/** The part of a name that tells the members of one group apart: "search-b" → "B"; all of it when nothing does. */
export function shortName(name: string, group: string | null): string {
  const full = displayName(name);
  const prefix = group === null ? '' : `${displayName(group)} `;
  return prefix !== '' && full.startsWith(prefix) ? full.slice(prefix.length) : full;
}

/** "OC17" → "17", "LG+500" → "+500": what is left when the shape already says the domain. */
export function shortLabel(label: string): string {
  const short = label.replace(/^[A-Za-z]+/, '');
  return short === '' ? label : short;
}

/** First part of an address: the broker or process it lies in. */
export function hostOf(address: string): string {
  const slash = address.indexOf('/');
  return slash < 0 ? address : address.slice(0, slash);
}

export function isStoreHost(process: Process, stores: readonly Store[]): boolean {
  return process.group === null && stores.some(({ address }) => hostOf(address) === process.address);
}

export function shapesOf<Kind extends Shape['shape']>(
  shapes: readonly Shape[],
  kind: Kind,
): Extract<Shape, { shape: Kind }>[] {
  return shapes.filter((shape): shape is Extract<Shape, { shape: Kind }> => shape.shape === kind);
}
