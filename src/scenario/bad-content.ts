/**
 * Why something from outside (a link, a file) cannot be opened. The page says each problem in its own words; the message
 * is for the command line and for people who want to look closer.
 */
export type ContentProblem =
  /** Nothing of ours: no link, no file of this product. */
  | 'notOurs'
  /** Holds characters that no link has. */
  | 'characters'
  /** Cut short or changed on the way. */
  | 'damaged'
  /** Longer than anything this product writes. */
  | 'tooBig'
  /** Small, and unpacks to more than anything this product writes. */
  | 'unpacksTooBig'
  | 'notJson'
  /** Written by a version that is newer than this one. */
  | 'newer'
  /** A name through which a program could be tricked: "__proto__", "constructor". */
  | 'hostileName'
  /** Nested deeper than anything this product writes. */
  | 'tooDeep'
  /** A broker, part, action or lesson that this version does not know. */
  | 'unknown'
  /** A number beyond all bounds. */
  | 'absurd'
  /** Something is missing, of the wrong type, or not known at its place. */
  | 'notValid'
  /** It is well formed, but no world can be built from it. */
  | 'cannotRun'
  /** Getting to its moment takes more work than this page does for a link. */
  | 'tooHeavy';

/** Content mistake in something given to us: what is wrong, and where. */
export class BadContent extends Error {
  override readonly name = 'BadContent';
  constructor(
    readonly problem: ContentProblem,
    message: string,
    /** Path of the mistake, "scenario.brokers.0.kind"; '' when it is the whole. */
    readonly where = '',
  ) {
    super(where === '' ? message : `${where}: ${message}`);
  }
}
