/** What an edge says about a token; colour never does. */
export type Edge = 'plain' | 'second' | 'stale' | 'ghost' | 'dead' | 'parked';

/** Small signs that stand at a token, a stop or a line. */
export type SignKind =
  | 'redelivered'
  | 'skipped'
  | 'copy'
  | 'delayed'
  | 'disordered'
  | 'dead'
  | 'slow'
  | 'paused'
  | 'rebalancing'
  | 'pin'
  | 'done';
