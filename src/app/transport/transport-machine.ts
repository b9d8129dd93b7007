import { assign, setup } from 'xstate';

/** What the person's hands do with time. The run itself never appears here: only its answers do. */
export type TransportEvent =
  /** `room`: there is time left to play. */
  | { readonly type: 'play'; readonly room: boolean }
  | { readonly type: 'pause' }
  | { readonly type: 'toggle'; readonly room: boolean }
  | { readonly type: 'scrubStarted' }
  | { readonly type: 'scrubEnded'; readonly room: boolean }
  | { readonly type: 'stepStarted' }
  | { readonly type: 'stepEnded' }
  /** The run lets us wait, and it answers again. */
  | { readonly type: 'waiting' }
  | { readonly type: 'answered' }
  /** The person acted in the past: that forks, and they are asked. */
  | { readonly type: 'forkAsked' }
  | { readonly type: 'forkAnswered'; readonly room: boolean }
  | { readonly type: 'endReached' }
  /** The run has reached the bound of what it computes. */
  | { readonly type: 'boundReached' }
  /** Somewhere else in time, or in another run. */
  | { readonly type: 'moved' };

interface TransportContext {
  /** Whether to play on after scrubbing, waiting or answering. */
  readonly playOn: boolean;
}

/**
 * Paused, playing, scrubbing, stepping, computing, asking. Nothing plays by itself: every way into `playing` starts
 * with the person's `play` or `toggle`.
 */
export const transportMachine = setup({
  types: { context: {} as TransportContext, events: {} as TransportEvent },
  guards: {
    room: ({ event }) => 'room' in event && event.room,
    playsOn: ({ context, event }) => context.playOn && (!('room' in event) || event.room),
    wantsToPlay: ({ context, event }) => !context.playOn && 'room' in event && event.room,
  },
  actions: {
    playOn: assign({ playOn: true }),
    stayPaused: assign({ playOn: false }),
  },
}).createMachine({
  id: 'transport',
  initial: 'paused',
  context: { playOn: false },
  states: {
    paused: {
      entry: 'stayPaused',
      on: {
        play: { target: 'playing', guard: 'room' },
        toggle: { target: 'playing', guard: 'room' },
        scrubStarted: 'scrubbing',
        stepStarted: 'stepping',
        waiting: 'computing',
        forkAsked: 'askingFork',
        boundReached: 'atBound',
      },
    },
    playing: {
      entry: 'playOn',
      on: {
        pause: 'paused',
        toggle: 'paused',
        endReached: 'paused',
        scrubStarted: 'scrubbing',
        stepStarted: { target: 'stepping', actions: 'stayPaused' },
        waiting: 'computing',
        forkAsked: 'askingFork',
        boundReached: 'atBound',
      },
    },
    scrubbing: {
      on: {
        scrubEnded: [{ target: 'playing', guard: 'playsOn' }, { target: 'paused' }],
        pause: { actions: 'stayPaused' },
        boundReached: 'atBound',
      },
    },
    stepping: {
      on: {
        stepEnded: 'paused',
        pause: 'paused',
        play: { target: 'playing', guard: 'room' },
        toggle: { target: 'playing', guard: 'room' },
        scrubStarted: 'scrubbing',
        waiting: 'computing',
        boundReached: 'atBound',
      },
    },
    computing: {
      on: {
        answered: [{ target: 'playing', guard: 'playsOn' }, { target: 'paused' }],
        stepEnded: 'paused',
        endReached: 'paused',
        pause: { actions: 'stayPaused' },
        play: { actions: 'playOn', guard: 'room' },
        toggle: [{ actions: 'playOn', guard: 'wantsToPlay' }, { actions: 'stayPaused' }],
        scrubStarted: 'scrubbing',
        forkAsked: 'askingFork',
        boundReached: 'atBound',
      },
    },
    askingFork: {
      on: {
        forkAnswered: [{ target: 'playing', guard: 'playsOn' }, { target: 'paused' }],
        pause: { actions: 'stayPaused' },
      },
    },
    atBound: {
      entry: 'stayPaused',
      on: { moved: 'paused', scrubStarted: 'scrubbing', stepStarted: 'stepping', forkAsked: 'askingFork' },
    },
  },
});
