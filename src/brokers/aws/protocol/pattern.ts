/**
 * Event patterns, which SNS calls filter policies and Lambda filter criteria: what a text says, and what AWS answers
 * when it cannot be understood. Fields are joined by "and", the values of a field by "or", `$or` makes branches.
 * After aws/event-ruler (JsonRuleCompiler.java, CIDR.java), the library behind all of them; what AWS answered is in
 * LocalStack's recordings of SNS (test_sns_filter_policy). Not here: bounds of numbers and of wildcards.
 */
import { cidrOf, type Addresses } from './ip';
import { placeIn, tokensOf, type Token } from './pattern-tokens';

/** What a value must be like. */
export type Condition =
  | { readonly is: 'text'; readonly text: string }
  /** true, false, null, or a number as it is written. */
  | { readonly is: 'literal'; readonly text: string }
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard'; readonly text: string }
  | { readonly is: 'range'; readonly low: Bound | null; readonly high: Bound | null }
  | { readonly is: 'exists'; readonly exists: boolean }
  | { readonly is: 'cidr'; readonly addresses: Addresses }
  /** There is a value, and none of these fits it. */
  | { readonly is: 'anything-but'; readonly conditions: readonly Condition[] };

export interface Bound {
  readonly number: number;
  /** The number itself is outside. */
  readonly open: boolean;
}

/** The conditions on one field. */
export interface FieldConditions {
  readonly conditions: readonly Condition[];
  /** How deep it lies in the pattern: 1 for a field of the whole. */
  readonly depth: number;
}

/** Fields by their path, joined with dots: all of them must be met. */
export type Branch = ReadonlyMap<string, FieldConditions>;

/** One of its branches must be met. */
export type Pattern = readonly Branch[];

/** Why a text is no pattern, as AWS says it. */
export class BadPattern extends Error {
  override readonly name = 'BadPattern';
}

/** What a text that is JSON means. Throws BadPattern. */
export function patternOf(json: string): Pattern {
  const reader = new Reader(json);
  if (reader.next().kind !== '{') reader.fail('Filter is not an object');
  return objectOf(reader, [], [], false);
}

/** What a field inside an `$or` may not be called, lest it be taken for an operator (Constants.java). */
const reserved = [
  'exactly', 'prefix', 'suffix', 'anything-but', 'exists', 'cidr', 'numeric', 'equals-ignore-case', 'wildcard',
]; // prettier-ignore

type Branches = readonly Branch[];

function objectOf(reader: Reader, path: readonly string[], before: Branches, inOr: boolean): Branches {
  let branches = before;
  let isEmpty = true;
  for (let token = reader.next(); token.kind !== '}'; token = reader.next()) {
    isEmpty = false;
    const { text: name } = token;
    if (name === '$or') {
      branches = alternativesOf(reader, path, branches);
      continue;
    }
    if (inOr && reserved.includes(name)) {
      reader.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const { kind } = reader.next();
    if (kind === '{') branches = objectOf(reader, [...path, name], branches, inOr);
    else if (kind === '[') branches = withField(branches, [...path, name], conditionsOf(reader));
    else reader.fail(`"${name}" must be an object or an array`);
  }
  if (isEmpty) reader.fail('Empty objects are not allowed');
  return branches;
}

function alternativesOf(reader: Reader, path: readonly string[], before: Branches): Branches {
  if (reader.next().kind !== '[') reader.fail('It must be an Array followed with $or.');
  const branches: Branch[] = [];
  let count = 0;
  for (let { kind } = reader.next(); kind !== ']'; { kind } = reader.next()) {
    count++;
    if (kind !== '{') reader.fail('Only JSON object is allowed in array of $or relationship.');
    const from: Branches = before.length === 0 ? [new Map()] : before;
    branches.push(...objectOf(reader, path, from, true));
  }
  if (count < 2) reader.fail('There must have at least 2 Objects in $or relationship.');
  return branches;
}

function withField(before: Branches, path: readonly string[], conditions: readonly Condition[]): Branches {
  const field = { conditions, depth: path.length };
  const from: Branches = before.length === 0 ? [new Map()] : before;
  return from.map((branch) => new Map([...branch, [path.join('.'), field]]));
}

function conditionsOf(reader: Reader): readonly Condition[] {
  const conditions: Condition[] = [];
  for (let token = reader.next(); token.kind !== ']'; token = reader.next()) {
    switch (token.kind) {
      case '{':
        conditions.push(expressionOf(reader));
        break;
      case 'string':
        conditions.push({ is: 'text', text: reader.text() });
        break;
      case 'number':
        conditions.push({ is: 'number', number: Number(token.text) });
        break;
      case 'true':
      case 'false':
      case 'null':
        conditions.push({ is: 'literal', text: token.text });
        break;
      default:
        reader.fail('Match value must be String, number, true, false, or null');
    }
  }
  if (conditions.length === 0) reader.fail('Empty arrays are not allowed');
  return conditions;
}

/** `{ "prefix": "a" }`, from behind its brace. */
function expressionOf(reader: Reader): Condition {
  const name = reader.next();
  if (name.kind !== 'name') reader.fail('Match expression name not found');
  switch (name.text) {
    case 'exactly':
      return { is: 'text', text: onlyText(reader, 'exact') };
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
      return { is: name.text, text: onlyText(reader, name.text) };
    case 'cidr':
      // AWS's own word for it is "prefix" here too
      return { is: 'cidr', addresses: addressesOf(onlyText(reader, 'prefix')) };
    case 'numeric': {
      if (reader.next().kind !== '[') reader.fail('Value of numeric must be an array.');
      const condition = numericOf(reader);
      if (reader.next().kind !== '}') reader.fail(tooMany);
      return condition;
    }
    case 'exists': {
      const { kind } = reader.next();
      if (kind !== 'true' && kind !== 'false') {
        reader.fail('exists match pattern must be either true or false.');
      }
      reader.endOfExpression();
      return { is: 'exists', exists: kind === 'true' };
    }
    case 'anything-but':
      return anythingButOf(reader);
    default:
      return reader.fail(`Unrecognized match type ${name.text}`);
  }
}

function onlyText(reader: Reader, operator: string): string {
  if (reader.next().kind !== 'string') reader.fail(`${operator} match pattern must be a string`);
  const text = reader.text();
  reader.endOfExpression();
  return text;
}

function addressesOf(text: string): Addresses {
  const addresses = cidrOf(text);
  if (typeof addresses === 'string') throw new BadPattern(addresses);
  return addresses;
}

const tooMany = 'Too many elements in numeric expression';

function numericOf(reader: Reader): Condition {
  const first = reader.next();
  if (first.kind !== 'string') reader.fail(`Invalid member in numeric match: ${first.text}`);
  const operator = reader.text();
  const token = reader.next();
  if (!['=', '>', '>=', '<', '<='].includes(operator)) {
    reader.fail(`Unrecognized numeric range operator: ${operator}`);
  }
  const said = operator === '=' ? 'equals' : operator;
  if (token.kind !== 'number') reader.fail(`Value of ${said} must be numeric`);
  const number = Number(token.text);
  const next = reader.next();
  if (operator[0] !== '>') {
    if (next.kind !== ']') reader.fail(tooMany);
    if (operator === '=') return { is: 'number', number };
    return { is: 'range', low: null, high: { number, open: operator === '<' } };
  }
  const low = { number, open: operator === '>' };
  return { is: 'range', low, high: next.kind === ']' ? null : topOf(reader, next, low) };
}

function topOf(reader: Reader, token: Token, low: Bound): Bound {
  if (token.kind !== 'string') reader.fail(`Bad value in numeric range: ${token.text}`);
  const operator = reader.text();
  if (operator !== '<' && operator !== '<=') reader.fail(`Bad numeric range operator: ${operator}`);
  const value = reader.next();
  if (value.kind !== 'number') reader.fail(`Value of ${operator} must be numeric`);
  if (reader.next().kind !== ']') reader.fail('Too many terms in numeric range expression');
  const number = Number(value.text);
  if (low.number >= number) reader.fail('Bottom must be less than top');
  return { number, open: operator === '<' };
}

function anythingButOf(reader: Reader): Condition {
  const token = reader.next();
  if (token.kind === '{') return anythingButExpression(reader);
  const conditions = excludedBy(reader, token, 'text');
  if (reader.next().kind !== '}') reader.fail(tooMany);
  return { is: 'anything-but', conditions };
}

function anythingButExpression(reader: Reader): Condition {
  const name = reader.next();
  if (name.kind !== 'name') reader.fail('Anything-But expression name not found');
  if (name.text === 'equals-ignore-case') {
    const conditions = excludedBy(reader, reader.next(), 'equals-ignore-case');
    if (reader.next().kind !== '}' || reader.next().kind !== '}') reader.fail(tooMany);
    return { is: 'anything-but', conditions };
  }
  if (name.text !== 'prefix' && name.text !== 'suffix') {
    reader.fail(`Unsupported anything-but pattern: ${name.text}`);
  }
  if (reader.next().kind !== 'string') reader.fail('prefix/suffix match pattern must be a string');
  const text = reader.text();
  if (text === '') reader.fail('Null prefix/suffix not allowed');
  reader.endOfExpression();
  reader.endOfExpression();
  return { is: 'anything-but', conditions: [{ is: name.text, text }] };
}

/** One value or a list of them, all texts or all numbers. */
function excludedBy(reader: Reader, token: Token, is: 'text' | 'equals-ignore-case'): readonly Condition[] {
  if (token.kind === 'string') return [{ is, text: reader.text() }];
  if (token.kind === 'number' && is === 'text') return [{ is: 'number', number: Number(token.text) }];
  if (token.kind !== '[') {
    reader.fail('Value of anything-but must be an array or single string/number value.');
  }
  const conditions: Condition[] = [];
  for (let item = reader.next(); item.kind !== ']'; item = reader.next()) {
    if (item.kind === 'string') conditions.push({ is, text: reader.text() });
    else if (item.kind === 'number' && is === 'text') {
      conditions.push({ is: 'number', number: Number(item.text) });
    } else reader.fail('Inside anything but list, start|null|boolean is not supported.');
  }
  if (new Set(conditions.map((condition) => condition.is)).size !== 1) {
    reader.fail(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return conditions;
}

/** How much of the text a message shows. */
const shown = 500;

class Reader {
  private readonly json: string;
  private readonly tokens: readonly Token[];
  private at = -1;
  /** Offset at which the parser stands. */
  private place = 0;

  constructor(json: string) {
    this.json = json;
    this.tokens = tokensOf(json);
  }

  next(): Token {
    const token = this.tokens[++this.at];
    this.place = token.seenAt;
    return token;
  }

  /** Of the present token, which is a text. */
  text(): string {
    const { text, readAt } = this.tokens[this.at];
    this.place = readAt;
    return text;
  }

  endOfExpression(): void {
    if (this.next().kind !== '}') this.fail('Only one key allowed in match expression');
  }

  fail(message: string): never {
    const { json } = this;
    const source =
      json.length > shown ? `"${json.slice(0, shown)}"[truncated ${json.length - shown} chars]` : `"${json}"`;
    throw new BadPattern(`${message}\n at [Source: (String)${source}; ${placeIn(json, this.place)}]`);
  }
}
