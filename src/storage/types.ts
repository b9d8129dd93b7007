/**
 * What is kept of a person's work, as plain JSON: what they did, never what can be computed again. A run is saved as
 * its recording (scenario, seed, inputs); traces and snapshots are rebuilt from it.
 *
 * Wall-clock times (`at`, `startedAt`, …) are milliseconds since 1970, as Date.now gives them. Simulated times are
 * whole microseconds since the start of the run and say so.
 */
import type { Recording } from '../scenario/scenario';
import type { Change } from './neighbours';

/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Confidence = 'sure' | 'unsure' | 'guess';

/** A prediction. `option` null: "I'll watch first" was pressed. */
export interface PlacedBet {
  readonly id: string;
  readonly option: string | null;
  readonly confidence: Confidence | null;
  readonly at: number;
}

/** What the learner reported having seen, before any explanation. */
export interface ReportedObservation {
  readonly id: string;
  readonly option: string;
  /** Whether history agrees. */
  readonly right: boolean;
  readonly at: number;
}

/** Answer to a warm-up or to the transfer question. `right` null: not verified by a run yet. */
export interface GivenAnswer {
  readonly id: string;
  readonly option: string;
  readonly confidence: Confidence | null;
  readonly right: boolean | null;
  readonly at: number;
}

/** `stage` counts from 0: where to look, what to change, watch a ghost. */
export interface OpenedHint {
  readonly goal: 'a' | 'b';
  readonly stage: number;
  readonly at: number;
}

/** One branch of a lesson's run. */
export interface SavedRun {
  /** Unique in its attempt. */
  readonly id: string;
  readonly recording: Recording;
  /** Simulated microseconds at which it left `parent`; null for a run from the start. */
  readonly forkedAt: number | null;
  readonly parent: string | null;
}

/** A goal that was judged, by the run or by *Prove it*. */
export interface JudgedGoal {
  readonly goal: 'a' | 'b' | 'transfer';
  readonly verdict: 'shown' | 'unknown' | 'violated';
  /** true: on the recorded and the unseen seeds (*Prove it*); false: on the run in view. */
  readonly proved: boolean;
  /** Id in `recordings`. */
  readonly recording: string | null;
  readonly at: number;
}

/** Where a person is in a lesson, saved as it happens, so that a reload in the middle loses nothing. */
export interface Attempt {
  readonly slug: string;
  /** A step of the lesson flow ('predict', 'break', …). */
  readonly step: string;
  readonly startedAt: number;
  readonly changedAt: number;
  readonly bets: readonly PlacedBet[];
  readonly observations: readonly ReportedObservation[];
  readonly answers: readonly GivenAnswer[];
  readonly hintsOpened: readonly OpenedHint[];
  readonly judged: readonly JudgedGoal[];
  readonly goalShown: boolean;
  readonly goalFixed: boolean;
  readonly transferred: boolean;
  /** Goals whose solution was watched in this attempt. */
  readonly solutionSeen: readonly ('a' | 'b')[];
  readonly recordings: readonly SavedRun[];
  /** Id in `recordings` of the branch in view; null before the first run. */
  readonly currentRecording: string | null;
  /** Playhead of that branch, in simulated microseconds. */
  readonly time: number;
  /** Extra state of the lesson flow that storage does not look into; null when there is none. */
  readonly flow: Json;
}

/** An attempt in which nothing has been done yet. `at` is the wall clock in milliseconds. */
export function emptyAttempt(slug: string, at: number): Attempt {
  return {
    slug,
    step: 'scene',
    startedAt: at,
    changedAt: at,
    bets: [],
    observations: [],
    answers: [],
    hintsOpened: [],
    judged: [],
    goalShown: false,
    goalFixed: false,
    transferred: false,
    solutionSeen: [],
    recordings: [],
    currentRecording: null,
    time: 0,
    flow: null,
  };
}

/** What is left of a lesson whatever becomes of its attempts: mark name (course/marks.ts) → when it was first earned. */
export interface LessonProgress {
  readonly slug: string;
  readonly marks: Readonly<Record<string, number>>;
  /** null before the first attempt and after "start over". */
  readonly attempt: Attempt | null;
  readonly changedAt: number;
}

/** A run that somebody asked to keep, apart from any lesson. */
export interface SavedRecording {
  readonly id: string;
  readonly name: string;
  readonly savedAt: number;
  readonly recording: Recording;
  /** Simulated microseconds at which it is opened again. */
  readonly time: number;
}

/** A setting by name; names and meaning belong to app/settings.svelte.ts. */
export type SavedSettings = Readonly<Record<string, Json>>;

/** Everything a person has here, in one file. */
export interface Archive {
  readonly product: 'at-least-once';
  readonly version: number;
  readonly savedAt: number;
  readonly progress: readonly LessonProgress[];
  readonly recordings: readonly SavedRecording[];
  readonly settings: SavedSettings;
}

/**
 * Why work is not being kept on this device. `blocked`: the browser refuses (private window, cookies off) or another
 * tab holds an old version open; `full`: no room; `newer`: a newer version of this product wrote the data here;
 * `corrupt`: the data cannot be read; `closed`: the browser took the database away; `deleted`: what was kept here was
 * deleted while this page was open; `lost`: it was gone, unread, when this page was opened.
 */
export type StorageTrouble = 'blocked' | 'full' | 'newer' | 'corrupt' | 'closed' | 'deleted' | 'lost';

export interface StorageStatus {
  /** null: all is well. */
  readonly trouble: StorageTrouble | null;
  /** Whether new work is written to this device; false: it lives in memory until the page is closed. */
  readonly keeping: boolean;
  /** What the browser said, for the curious. */
  readonly detail: string;
}

/** What an import adds, or will add. */
export interface ImportSummary {
  /** Lessons of which the file knows something more. */
  readonly lessons: number;
  /** Lessons in the file that are here already, whole. */
  readonly stays: number;
  readonly recordings: number;
  readonly settings: number;
  /** Recordings that find no room here: import again after deleting some. */
  readonly left: number;
}

/** A file that was read and checked, and has changed nothing yet. */
export interface PreparedImport {
  readonly summary: ImportSummary;
  readonly carryOut: () => Promise<ImportSummary>;
}

/**
 * The one door to what is kept. Every method works whatever the status is: when the device keeps nothing, work goes
 * on in memory and can still be exported.
 */
export interface Storage {
  /** Present status; changes are told to `onStatus`, whose result stops the telling. */
  status(): StorageStatus;
  onStatus(listener: (status: StorageStatus) => void): () => void;

  allProgress(): Promise<readonly LessonProgress[]>;
  /** One lesson, to go on with: what another tab does in it from now on is joined to what is saved here. */
  progress(slug: string): Promise<LessonProgress | null>;
  /**
   * Keeps the newest attempt of a lesson. Calls that come while one is being written are merged: the last one wins and
   * every caller's promise resolves when it is safe.
   */
  saveAttempt(slug: string, attempt: Attempt): Promise<void>;
  /** Forgets the attempt ("start over"); marks stay. */
  clearAttempt(slug: string): Promise<void>;
  /** Sets a mark unless it is set already: the first time counts. */
  setMark(slug: string, mark: string, at: number): Promise<void>;

  /** Newest first. */
  recordings(): Promise<readonly SavedRecording[]>;
  /** Rejects with RecordingsFull when there are too many: see `roomForRecording`. */
  saveRecording(recording: SavedRecording): Promise<void>;
  deleteRecording(id: string): Promise<void>;

  settings(): Promise<SavedSettings>;
  saveSettings(settings: SavedSettings): Promise<void>;

  /** Writes what is still waiting to be written. Also happens by itself when the page is hidden. */
  flush(): Promise<void>;
  exportEverything(): Promise<Archive>;
  /**
   * Says what an archive (archive.ts reads it) would add to what is here; nothing that is here is lost.
   */
  prepareImport(archive: Archive): Promise<PreparedImport>;
  deleteEverything(): Promise<void>;

  /** What another tab has written; also a lesson of which this tab has found another's work on the device. */
  onChange(listener: (change: Change) => void): () => void;
  /** Tries to keep things here again, after trouble. */
  tryAgain(): Promise<void>;
  close(): void;
}
