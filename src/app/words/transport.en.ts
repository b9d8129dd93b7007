/** The transport: buttons, lens, time axis, branches, the fork question, going to a time. */

/** Milliseconds as a person says them: 50 → "50 ms", 86 400 000 → "1 day". */
function span(milliseconds: number): string {
  const units = [
    { ms: 86_400_000, one: 'day', other: 'days' },
    { ms: 3_600_000, one: 'h', other: 'h' },
    { ms: 60_000, one: 'min', other: 'min' },
    { ms: 1000, one: 's', other: 's' },
  ];
  const unit = units.find((candidate) => milliseconds >= candidate.ms) ?? { ms: 1, one: 'ms', other: 'ms' };
  const count = Math.round((milliseconds / unit.ms) * 10) / 10;
  return `${count} ${count === 1 ? unit.one : unit.other}`;
}

export const transport = {
  region: 'Transport',
  run: (number: number) => `run ${number}`,
  bookmark: 'bookmark',
  bookmarkHere: 'Bookmark here',
  bookmarkAway: 'Take the bookmark away',

  start: 'To the start',
  stepBack: 'One step back',
  play: 'Play',
  pause: 'Pause',
  step: 'One step on',
  end: 'To the end',
  atStart: 'This is the start.',
  atEnd: 'The run ends here.',
  atLimit: 'It goes on when the question is answered.',
  computing: 'computing',
  copyRecording: 'Copy the recording',
  copied: 'Copied',
  stopped: (reason: string) => `The run has stopped: ${reason}`,

  span,
  lens: 'Lens',
  lensShows: (milliseconds: number) => `1 s on screen is ${span(milliseconds)}`,
  lensParts: { screen: '1 s', between: 'on screen is' },
  slower: 'Slower: a second on screen shows less',
  faster: 'Faster: a second on screen shows more',
  slowest: 'This is the slowest lens.',
  fastest: 'This is the fastest lens.',

  stepBy: 'step by',
  stepSize: { fact: 'fact', hop: 'hop', journey: 'journey' },
  stepHelp: {
    fact: 'whatever happens next, anywhere',
    hop: 'the next station a message reaches',
    journey: 'the next thing that happens to the selected message',
  },
  following: (label: string) => `following ${label}`,
  stopFollowing: (label: string) => `Stop following ${label}`,

  loop: 'loop',
  loopFrom: (time: string) => `loop from ${time}`,
  loopBetween: (from: string, to: string) => `loop ${from} to ${to}`,
  loopSetFrom: 'Loop: set its start here',
  loopSetTo: 'Loop: set its end here',
  loopOff: 'Loop: switch off',

  goTo: 'Go to time',
  goToShort: 'go to',
  goToExamples: '0:18.6, 18.6 s or 18600 ms',
  go: 'Go',
  timeErrors: {
    empty: 'Type a time, such as 0:18.6, 18.6 s or 18600 ms.',
    unreadable: (text: string) => `“${text}” is not a time. Write 0:18.6, 18.6 s or 18600 ms.`,
    tooLate: (end: string) => `The run ends at ${end}.`,
  },

  forkHere: 'Fork here',
  forkHelp: 'Opens a new run with the same past. This one is kept.',
  forkTitle: (time: string) => `Fork from ${time}?`,
  forkText: (run: string) => `This has already happened. The run you see stays as ${run}.`,
  forkRemember: 'Fork without asking from now on',
  forkYes: 'Fork and do it',
  forkNo: 'Leave it as it is',
  forked: (time: string) => `forked ${time}`,
  kept: (run: string) => `${run}, kept`,
  branches: 'Runs',
  showBranch: (run: string) => `Show ${run}`,
  currentRun: (run: string) => `${run}, on screen`,
  undo: 'Undo',
  redo: 'Redo',
  nothingToUndo: 'You have not changed anything in this run.',
  nothingToRedo: 'Nothing has been undone.',

  share: 'Share this run…',
  more: 'More about time',
  moreTitle: 'Time and runs',

  newOwner: 'new owner',
  expectedOwner: (group: string, member: string) =>
    `Expected: ${group} gives up ${member}, and its partitions get a new owner`,
  /** A word or two beside a sign on the axis, by type of fact. */
  markLabel: {
    ProcessCrashed: (name: string) => `${name} crashes`,
    ProcessRestarted: (name: string) => `${name} back`,
    ProcessSlowed: (name: string, times: number) => `${name} ${times}× slower`,
    ProcessAtSpeed: (name: string) => `${name} at speed`,
    LinkCut: (name: string) => `${name} cut off`,
    LinkHealed: (name: string) => `${name} linked`,
    LinkDelayed: (name: string) => `${name} delayed`,
    LinkAtSpeed: (name: string) => `${name} at speed`,
    RecordRedelivered: () => 'read again',
    GroupRebalanceStarted: () => 'rebalance',
    GroupRebalanced: () => 'new owners',
    GroupEmptied: () => 'no members',
    MemberRemoved: () => 'member lost',
    PinSet: () => 'pin',
    PinRemoved: () => 'pin out',
    StoreWiped: () => 'emptied',
    SegmentDeleted: () => 'deleted',
    RecordsDeleted: () => 'deleted',
    OffsetExpired: () => 'flag expired',
    LeaderElected: () => 'new leader',
    NodeFenced: (name: string) => `${name} fenced`,
    NodeUnfenced: (name: string) => `${name} back`,
    ReplicaFellBehind: () => 'out of sync',
    ReplicaCaughtUp: () => 'in sync',
    RecordTruncated: () => 'cut off',
    TopicCreated: () => 'topic',
    DesignChanged: () => 'design',
  },
  /** The same for what a person turned. */
  turned: {
    pause: () => 'pause',
    resume: () => 'go on',
    stop: () => 'stop',
    seek: () => 'seek',
    rate: (value: string) => `publish ${value}/s`,
    publish: () => 'publish',
  },
} as const;
