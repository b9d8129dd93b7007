/**
 * The one door to what is kept (types.ts). Memory holds everything this page has read or written; the device, when
 * there is one, is written behind it. So a device that fails, fills up or is taken away costs nothing but the keeping,
 * and that is announced.
 */
import { progressOf, type Contents, type Reading, type Shelf } from './contents';
import { keptBefore } from './kept-before';
import { MemoryShelf } from './memory';
import { additions, toArchive, type Additions } from './merge';
import { RecordingsFull, roomFor } from './recordings';
import type { TextStore } from './text-store';
import { describeError, troubleOf } from './trouble';
import { asRecording, joined } from './join';
import type { Change } from './neighbours';
import type {
  Archive,
  Attempt,
  ImportSummary,
  PreparedImport,
  SavedRecording,
  SavedSettings,
  Storage,
  StorageStatus,
  StorageTrouble,
} from './types';
import { leaveUnsaved, takeUnsaved, type Unsaved } from './unsaved';
import { WriteBehind } from './write-behind';

const everything: Change = { of: 'everything' };
const deleted: Change = { of: 'deleted' };

export class KeptStorage implements Storage {
  private readonly memory = new MemoryShelf();
  private device: Shelf | null = null;
  private present: StorageStatus = { trouble: null, keeping: false, detail: '' };
  private readonly listeners = new Set<(status: StorageStatus) => void>();
  /** Counts changes made here, to notice that an answer of the device was overtaken by one. */
  private changes = 0;
  /** Something of ours has been on the device: if it is empty later, it was deleted. */
  private hasKept = false;
  private readonly tab = Math.random().toString(36).slice(2, 10);
  /** Lesson → the write its attempt here goes on from. */
  private readonly known = new Map<string, string>();
  /** Lesson → what another tab did in it since; joined to everything that is saved here. */
  private readonly others = new Map<string, Attempt>();
  /** Runs of others that were kept for themselves: not again, even if the person has deleted them since. */
  private readonly aside = new Set<string>();
  private readonly changeListeners = new Set<(change: Change) => void>();
  /** Tells other tabs. */
  tell: (change: Change) => void = () => {};
  /** Opens the device again, even if what was there is gone. */
  reconnect: () => Promise<void> = () => Promise.resolve();
  /** Opens the device again after the browser took it away. */
  reopen: () => Promise<void> = () => Promise.resolve();
  /** Nothing was written since the browser closed the device last: then it is not opened again by itself. */
  private closedBefore = false;
  private readonly behind = new WriteBehind(() => this.device, {
    failed: (error) => this.failed(error),
    succeeded: () => this.succeeded(),
  });

  constructor(
    private readonly textStore: TextStore | null,
    private readonly clock: () => number,
    private readonly before = keptBefore(textStore, ''),
  ) {}

  /**
   * Starts keeping on `device`: what is there becomes known, what was done meanwhile is written. A device that has lost
   * what was there is not filled again unless the person says so.
   */
  async attach(device: Shelf, anyway = true): Promise<void> {
    try {
      const { contents, unreadable } = await device.read();
      if (!anyway && this.hasKept && isEmpty(contents)) {
        device.close();
        return this.detach('deleted', 'The database is empty.');
      }
      const lost = isEmpty(contents) && isEmpty(this.memory) && this.before.known();
      const meanwhile = additions(toArchive(this.memory, this.clock()), contents).contents;
      void this.memory.putAll(contents);
      void this.memory.putAll(meanwhile);
      this.device = device;
      this.hasKept ||= !isEmpty(contents);
      if (this.hasKept) this.before.remember(true);
      const detail = unreadable.join(', ');
      this.become({ trouble: detail ? 'corrupt' : lost ? 'lost' : null, keeping: true, detail });
      const unsaved = takeUnsaved(this.textStore);
      this.keepUnsaved(unsaved);
      if (!isEmpty(meanwhile)) void this.keepAll(meanwhile);
      this.behind.retry();
      await this.behind.flush();
      if (this.leaveUnsaved()) unsaved.forget();
    } catch (error) {
      device.close();
      this.detach(troubleOf(error), describeError(error));
    }
  }

  /** Goes on in memory. */
  detach(trouble: StorageTrouble, detail: string): void {
    this.device?.close();
    this.device = null;
    this.become({ trouble, keeping: false, detail });
  }

  /** The browser took the device away, as it does when somebody clears its data: looks whether that is there again. */
  closed(detail: string): void {
    this.detach('closed', detail);
    if (this.closedBefore) return;
    this.closedBefore = true;
    void this.reopen();
  }

  status(): StorageStatus {
    return this.present;
  }

  onStatus(listener: (status: StorageStatus) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async allProgress() {
    return progressOf(await this.contents());
  }

  async progress(slug: string) {
    const { contents, revisions } = await this.reading();
    // Whoever asks goes on from here, so nothing of another tab is left to be joined.
    this.others.delete(slug);
    const revision = revisions?.get(slug);
    if (revision !== undefined) this.known.set(slug, revision);
    return progressOf(contents).find((lesson) => lesson.slug === slug) ?? null;
  }

  saveAttempt(slug: string, attempt: Attempt): Promise<void> {
    this.memory.attempts.set(slug, this.withOthers({ ...attempt, slug }));
    return this.keepAttempt(slug);
  }

  clearAttempt(slug: string): Promise<void> {
    this.memory.attempts.delete(slug);
    this.others.delete(slug);
    return this.keepAttempt(slug);
  }

  setMark(slug: string, mark: string, at: number): Promise<void> {
    void this.memory.addMarks(slug, { [mark]: at });
    const write = (shelf: Shelf) => shelf.addMarks(slug, this.memory.marks.get(slug) ?? {});
    return this.keep(`marks/${slug}`, write, { of: 'marks' });
  }

  async recordings() {
    const { recordings } = await this.contents();
    return [...recordings.values()].sort((a, b) => b.savedAt - a.savedAt);
  }

  async saveRecording(recording: SavedRecording): Promise<void> {
    const oldest = roomFor(recording, await this.recordings());
    if (oldest === null || oldest.length > 0) throw new RecordingsFull(oldest ?? []);
    this.memory.recordings.set(recording.id, recording);
    await this.keepRecording(recording.id);
  }

  deleteRecording(id: string): Promise<void> {
    this.memory.recordings.delete(id);
    return this.keepRecording(id);
  }

  async settings() {
    return (await this.contents()).settings;
  }

  saveSettings(settings: SavedSettings): Promise<void> {
    this.memory.settings = settings;
    return this.keep('settings', (shelf) => shelf.putSettings(this.memory.settings), { of: 'settings' });
  }

  flush(): Promise<void> {
    return this.behind.flush();
  }

  async exportEverything() {
    return toArchive(await this.contents(), this.clock());
  }

  async prepareImport(archive: Archive): Promise<PreparedImport> {
    return {
      summary: summaryOf(additions(archive, await this.contents())),
      carryOut: async () => {
        // What is here may have gone on since it was looked at.
        const added = additions(archive, await this.contents());
        void this.memory.putAll(added.contents);
        await this.keepAll(added.contents);
        return summaryOf(added);
      },
    };
  }

  async deleteEverything(): Promise<void> {
    await this.flush();
    this.forgetAll();
    takeUnsaved(this.textStore).forget();
    await this.keep('everything', (shelf) => shelf.clear(), deleted);
  }

  close(): void {
    this.device?.close();
    this.device = null;
  }

  async tryAgain(): Promise<void> {
    if (this.device) {
      this.behind.retry();
      await this.behind.flush();
    } else await this.reconnect();
  }

  onChange(listener: (change: Change) => void): () => void {
    this.changeListeners.add(listener);
    return () => void this.changeListeners.delete(listener);
  }

  /** Another tab says that it has written. */
  heard(change: Change): void {
    if (change.of === 'deleted') this.forgetAll();
    for (const listener of this.changeListeners) listener(change);
  }

  /** For tabs that cannot talk, and words that were missed: finds lessons that went on elsewhere. */
  async lookAround(): Promise<void> {
    const { revisions } = await this.reading();
    for (const [slug, revision] of revisions ?? [])
      if (this.known.has(slug) && this.known.get(slug) !== revision) this.heard({ of: 'attempt', slug });
  }

  /** For the moment the page is hidden or goes away: nothing can be waited for then. */
  leaveUnsaved(): boolean {
    const unsafe = this.behind.unsafe();
    const attempts = [...this.memory.attempts.values()].filter((one) =>
      unsafe.includes(`attempt/${one.slug}`),
    );
    const marks = [...this.memory.marks].filter(([slug]) => unsafe.includes(`marks/${slug}`));
    return leaveUnsaved(this.textStore, this.tab, { attempts, marks });
  }

  private forgetAll(): void {
    this.behind.forget();
    void this.memory.clear();
    this.others.clear();
    this.aside.clear();
    this.known.clear();
    this.hasKept = false;
  }

  private async contents(): Promise<Contents> {
    return (await this.reading()).contents;
  }

  /** What another tab wrote counts too, so the device is asked; memory answers when it cannot. */
  private async reading(): Promise<Pick<Reading, 'contents'> & Partial<Reading>> {
    await this.flush();
    if (!this.device || this.behind.unsafe().length > 0) return { contents: this.memory };
    const before = this.changes;
    const { device } = this;
    try {
      const reading = await device.read();
      if (this.changes !== before) return { contents: this.memory };
      this.memory.become(reading.contents);
      return { ...reading, contents: this.memory };
    } catch (error) {
      if (this.device === device) this.failed(error);
      return { contents: this.memory };
    }
  }

  private keep(key: string, write: (shelf: Shelf) => Promise<void>, change: Change): Promise<void> {
    this.changes += 1;
    return this.behind.keep(key, async (shelf) => {
      await write(shelf);
      this.hasKept = !isEmpty(this.memory);
      if (this.hasKept || change.of === 'deleted' || change.of === 'recordings')
        this.before.remember(this.hasKept);
      this.tell(change);
    });
  }

  private keepAll(contents: Contents): Promise<void> {
    return this.keep(`import/${this.changes}`, (shelf) => shelf.putAll(contents), everything);
  }

  private keepAttempt(slug: string): Promise<void> {
    const write = async (shelf: Shelf): Promise<void> => {
      const attempt = this.memory.attempts.get(slug);
      if (!attempt) return shelf.deleteAttempt(slug);
      const put = await shelf.putAttempt(attempt, this.known.get(slug) ?? null);
      this.known.set(slug, put.revision);
      if (put.joined) this.joinedOn(slug, attempt, put.joined);
    };
    return this.keep(`attempt/${slug}`, write, { of: 'attempt', slug });
  }

  /** The device held another tab's work in this lesson: whatever is saved from here on contains it. */
  private joinedOn(slug: string, written: Attempt, both: Attempt): void {
    this.others.set(slug, both);
    const newest = this.memory.attempts.get(slug);
    if (newest === written) this.memory.attempts.set(slug, both);
    // Something newer waits by now. It goes on from this write, so it would take the other tab's work away.
    else if (newest) this.memory.attempts.set(slug, this.withOthers(newest));
    this.heard({ of: 'attempt', slug });
  }

  /** This tab's attempt, and what others did. A run that finds no place in it is kept for itself, once. */
  private withOthers(mine: Attempt): Attempt {
    const { slug } = mine;
    const other = this.others.get(slug);
    if (!other) return mine;
    const { attempt, displaced } = joined(mine, other);
    const older = mine.changedAt < other.changedAt ? mine : other;
    for (const run of displaced) {
      const row = asRecording(slug, run, `at ${older.changedAt}`, older.changedAt, older.time);
      if (this.aside.has(row.id)) continue;
      this.aside.add(row.id);
      this.memory.recordings.set(row.id, row);
      void this.keepRecording(row.id);
    }
    return attempt;
  }

  private keepRecording(id: string): Promise<void> {
    const write = (shelf: Shelf): Promise<void> => {
      const recording = this.memory.recordings.get(id);
      return recording ? shelf.putRecording(recording) : shelf.deleteRecording(id);
    };
    return this.keep(`recording/${id}`, write, { of: 'recordings' });
  }

  private keepUnsaved({ attempts, marks }: Unsaved): void {
    for (const attempt of attempts) {
      const { slug } = attempt;
      const here = this.memory.attempts.get(slug);
      // It does not go on from what the device holds, so that joins the two and keeps every run.
      this.known.delete(slug);
      void this.saveAttempt(slug, here ? joined(attempt, here).attempt : attempt);
    }
    for (const [slug, times] of marks)
      for (const [mark, at] of Object.entries(times)) void this.setMark(slug, mark, at);
  }

  /** A full device may have room again later; any other error means that it is of no use. */
  private failed(error: unknown): void {
    const trouble = troubleOf(error);
    if (trouble === 'full') this.become({ trouble, keeping: false, detail: describeError(error) });
    else if (trouble === 'closed') this.closed(describeError(error));
    else this.detach(trouble, describeError(error));
  }

  private succeeded(): void {
    this.closedBefore = false;
    if (this.present.trouble === 'full') this.become({ trouble: null, keeping: true, detail: '' });
  }

  private become(status: StorageStatus): void {
    this.present = status;
    for (const listener of this.listeners) listener(status);
  }
}

function isEmpty({ attempts, marks, recordings }: Contents): boolean {
  return attempts.size + marks.size + recordings.size === 0;
}

function summaryOf({ contents, stays, left }: Additions): ImportSummary {
  return {
    lessons: new Set([...contents.attempts.keys(), ...contents.marks.keys()]).size,
    stays,
    recordings: contents.recordings.size,
    settings: Object.keys(contents.settings).length,
    left,
  };
}
