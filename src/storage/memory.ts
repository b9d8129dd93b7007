import { earliest, type Contents, type MarkTimes, type Put, type Shelf } from './contents';
import { asRecording, joined } from './join';
import type { Attempt, SavedRecording, SavedSettings } from './types';

/**
 * Keeps everything until the page is closed: what work goes on in when the device keeps nothing. Every change is made
 * before its promise is handed out, so that nothing can come between.
 */
export class MemoryShelf implements Shelf, Contents {
  readonly attempts = new Map<string, Attempt>();
  readonly marks = new Map<string, MarkTimes>();
  readonly recordings = new Map<string, SavedRecording>();
  settings: SavedSettings = {};

  readonly revisions = new Map<string, string>();
  private writes = 0;

  read(): ReturnType<Shelf['read']> {
    return Promise.resolve({ contents: this, unreadable: [], revisions: this.revisions });
  }

  putAttempt(attempt: Attempt, known: string | null): Promise<Put> {
    const { slug } = attempt;
    const there = this.attempts.get(slug);
    const other = there && this.revisions.get(slug) !== known ? there : null;
    const both = other && joined(attempt, other);
    for (const run of both?.displaced ?? []) {
      const kept = asRecording(slug, run, this.revisions.get(slug) ?? 'old', other!.changedAt, other!.time);
      this.recordings.set(kept.id, kept);
    }
    const revision = String(++this.writes);
    this.attempts.set(slug, both?.attempt ?? attempt);
    this.revisions.set(slug, revision);
    return Promise.resolve({ revision, joined: both?.attempt ?? null });
  }

  deleteAttempt(slug: string) {
    this.attempts.delete(slug);
    return Promise.resolve();
  }

  addMarks(slug: string, marks: MarkTimes) {
    this.marks.set(slug, earliest(this.marks.get(slug) ?? {}, marks));
    return Promise.resolve();
  }

  putRecording(recording: SavedRecording) {
    this.recordings.set(recording.id, recording);
    return Promise.resolve();
  }

  deleteRecording(id: string) {
    this.recordings.delete(id);
    return Promise.resolve();
  }

  putSettings(settings: SavedSettings) {
    this.settings = settings;
    return Promise.resolve();
  }

  putAll(contents: Contents) {
    for (const attempt of contents.attempts.values()) {
      this.attempts.set(attempt.slug, attempt);
      this.revisions.set(attempt.slug, String(++this.writes));
    }
    for (const [slug, marks] of contents.marks)
      this.marks.set(slug, earliest(this.marks.get(slug) ?? {}, marks));
    for (const recording of contents.recordings.values()) this.recordings.set(recording.id, recording);
    this.settings = { ...this.settings, ...contents.settings };
    return Promise.resolve();
  }

  /** Forgets everything and takes this instead. */
  become(contents: Contents) {
    void this.clear();
    void this.putAll(contents);
  }

  clear() {
    this.attempts.clear();
    this.revisions.clear();
    this.marks.clear();
    this.recordings.clear();
    this.settings = {};
    return Promise.resolve();
  }

  close() {}
}
