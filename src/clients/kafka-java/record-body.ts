/** A record as the library's users write it → a body of the run. */
import type { Body } from '../../kernel/bodies';
import type { JavaProducer } from './api';

const labelLength = 12;
/** Where simulated time begins for whoever reads a clock: 2024-01-01, in milliseconds since 1970. */
export const epochMs = 1_704_067_200_000;

type Written = Pick<Parameters<JavaProducer['send']>[0], 'key' | 'value' | 'headers'>;

/** The label is what stands on its token: the beginning of its value. */
export function recordBody({ key = null, value, headers = [] }: Written): Body {
  return {
    ...{ domain: 'order', type: 'Record', label: (value ?? '∅').slice(0, labelLength), key },
    ...{ version: 0, correlation: '' },
    data: { value, ...(headers.length > 0 ? { headers: JSON.stringify(headersOf(headers)) } : {}) },
  };
}

/** By name, as every client of a run reads them: a name that comes twice has a list. */
function headersOf(headers: NonNullable<Written['headers']>): Readonly<Record<string, string | string[]>> {
  const byName: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const known = byName[name];
    byName[name] = known === undefined ? value : [known, value].flat();
  }
  return byName;
}
