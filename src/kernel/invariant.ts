/** Thrown when a rule of our own is broken. Always our bug, never a simulated failure or bad content. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * States a rule that always holds, in the words of the rule ("committed offset is not past the log end").
 * Always on, in production too: a wrong simulation is worse than a stopped one.
 */
export function invariant(condition: unknown, rule: string): asserts condition {
  if (!condition) broken(rule);
}

/** The same where the rule's words have to be put together and the check comes with every message: only when it fails. */
export function broken(rule: string): never {
  throw new InvariantError(`Broken invariant: ${rule}`);
}
