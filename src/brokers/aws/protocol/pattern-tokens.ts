/**
 * Tokens of a pattern's text, with the places that AWS's messages name: where its parser (Jackson) stands when it has
 * seen a token. A text is only opened when it is seen, and read to its end when somebody asks for it; a name is read
 * together with the beginning of its value.
 */

export type TokenKind =
  '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As it is said in messages: of a text its value, of everything else what is written. */
  readonly text: string;
  /** Offset at which the parser stands once it has seen it. */
  readonly seenAt: number;
  /** The same once its text has been read. */
  readonly readAt: number;
}

/** Of a text that is known to be JSON. */
export function tokensOf(json: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < json.length) {
    const character = json[at];
    if (' \t\n\r,:'.includes(character)) at++;
    else if (character === '"') {
      const end = endOfText(json, at);
      const value = JSON.parse(json.slice(at, end)) as string;
      tokens.push({ kind: 'string', text: value, seenAt: at + 1, readAt: end });
      at = end;
    } else if ('{}[]'.includes(character)) {
      tokens.push({ kind: character as TokenKind, text: character, seenAt: ++at, readAt: at });
    } else {
      const word = /^[^\s,:{}[\]"]+/.exec(json.slice(at))![0];
      at += word.length;
      tokens.push({ kind: kindOfWord(word), text: word, seenAt: at, readAt: at });
    }
  }
  const end: Token = { kind: 'end', text: '', seenAt: at, readAt: at };
  return namesIn([...tokens, end]);
}

function kindOfWord(word: string): TokenKind {
  return word === 'true' || word === 'false' || word === 'null' ? word : 'number';
}

function endOfText(json: string, from: number): number {
  let at = from + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Tells the names of an object's fields from texts: each stands where a value cannot. */
function namesIn(tokens: readonly Token[]): readonly Token[] {
  const open: ('object' | 'array')[] = [];
  let nameComes = false;
  return tokens.map((token, index) => {
    if (nameComes && token.kind === 'string') {
      nameComes = false;
      const { seenAt } = tokens[index + 1];
      return { ...token, kind: 'name', seenAt, readAt: seenAt };
    }
    if (token.kind === '{') open.push('object');
    else if (token.kind === '[') open.push('array');
    else if (token.kind === '}' || token.kind === ']') open.pop();
    nameComes = open.at(-1) === 'object';
    return token;
  });
}

/** "line: 1, column: 26", both counted from 1. */
export function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `line: ${lines.length}, column: ${lines[lines.length - 1].length + 1}`;
}
