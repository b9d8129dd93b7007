/**
 * Filter policies: what may be set as one (its text, its size, its depth), and whether a notification passes. Refusals as
 * recorded from AWS (LocalStack, test_sns_filter_policy); limits: SNS developer guide, "Subscription filter policy
 * constraints".
 */
import type { Body } from '../../../kernel/bodies';
import type { MessageAttributes } from '../protocol/common';
import { textOfBody } from '../protocol/content';
import { BadPattern, patternOf, type Pattern } from '../protocol/pattern';
import { leafValue, leavesOf, meets, type Leaf } from '../protocol/pattern-match';
import { placeIn } from '../protocol/pattern-tokens';
import { invalidParameter } from './errors';
import type { Filter, FilterScope } from './state';

const keysMax = 5;
const complexityMax = 150;

/**
 * The filter a text sets, null for none (an empty text or object). `from` goes before what is said of it: nothing when an
 * attribute is set, "Attributes Reason: " in a call of Subscribe.
 */
export function filterOf(text: string, scope: FilterScope, from: string): Filter | null {
  if (text === '') return null;
  const json = parsed(text, from);
  if (typeof json === 'object' && json !== null && Object.keys(json).length === 0) return null;
  const pattern = compiled(text, from);
  const keys = new Set(pattern.flatMap((branch) => [...branch.keys()]));
  const top = Object.keys(json as object).filter((key) => key !== '$or').length;
  if (Math.max(top, scope === 'MessageAttributes' ? keys.size : 0) > keysMax) {
    throw invalidParameter(`${from}FilterPolicy: Filter policy can not have more than ${keysMax} keys`);
  }
  if (scope === 'MessageAttributes' && isNested(pattern)) {
    throw invalidParameter('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (complexity(pattern) > complexityMax) {
    throw invalidParameter(`${from}FilterPolicy: Filter policy is too complex`);
  }
  return { text, scope, pattern };
}

function compiled(text: string, from: string): Pattern {
  try {
    return patternOf(text);
  } catch (error) {
    if (error instanceof BadPattern) throw invalidParameter(`${from}FilterPolicy: ${error.message}`);
    throw error;
  }
}

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalidParameter(`${from}FilterPolicy: failed to parse JSON. ${parseComplaint(text)}`);
  }
}

/** AWS's parser says this of a word that is no value; of other mistakes it says more than we do. */
export function parseComplaint(text: string): string {
  const token = /^\s*(\w+)/.exec(text);
  const at = token ? token[0].length : text.length;
  const said = token ? `Unrecognized token '${token[1]}'` : 'Unexpected character';
  return (
    `${said}: was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n` +
    ` at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); ${placeIn(text, at)}]`
  );
}

function isNested(pattern: Pattern): boolean {
  return pattern.some((branch) => [...branch.values()].some(({ depth }) => depth > 1));
}

/** Of each branch the product of its fields' values, each times its depth; of all branches the sum. */
function complexity(pattern: Pattern): number {
  let sum = 0;
  for (const branch of pattern) {
    let product = 1;
    for (const { conditions, depth } of branch.values()) product *= conditions.length * depth;
    sum += product;
  }
  return sum;
}

/** Whether a notification passes: by its attributes, or by a body that is a JSON object. */
export function passes(filter: Filter, attributes: MessageAttributes | undefined, body: Body): boolean {
  if (filter.scope === 'MessageAttributes') return meets(filter.pattern, leavesOfAttributes(attributes));
  const value = parsedOrNull(textOfBody(body));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return meets(filter.pattern, leavesOf(value));
}

function leavesOfAttributes(attributes: MessageAttributes = {}): readonly Leaf[] {
  return Object.entries(attributes).flatMap(([path, { DataType, StringValue = '' }]): Leaf[] => {
    if (DataType.startsWith('Binary')) return [{ path, value: { is: 'binary' }, within: [] }];
    if (DataType.startsWith('Number'))
      return [{ path, value: { is: 'number', number: Number(StringValue) }, within: [] }];
    const list = DataType === 'String.Array' ? parsedOrNull(StringValue) : null;
    if (!Array.isArray(list)) return [{ path, value: { is: 'text', text: StringValue }, within: [] }];
    return list.map((item) => ({ path, value: leafValue(item), within: [] }));
  });
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
