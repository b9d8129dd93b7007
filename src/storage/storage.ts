/**
 * The one door to what is kept (types.ts). Memory holds everything this page has read or written; the device, when
 * there is one, is written behind it. So a device that fails, fills up or is taken away costs nothing but the keeping,
 * and that is announced.
 */
import { additions, parseArchive, toArchive } from './archive';
import { progressOf, type Contents, type Shelf } from './contents';
import { MemoryShelf } from './memory';
import { RecordingsFull, roomFor } from './recordings';
import { describeError, troubleOf } from './trouble';
import type { Attempt, SavedRecording, SavedSettings, Storage, StorageStatus, StorageTrouble } from './types';
import { leaveUnsaved, nothingUnsaved, takeUnsaved, type TextStore, type Unsaved } from './unsaved';
import { WriteBehind } from './write-behind';

export class KeptStorage implements Storage {
  private readonly memory = new MemoryShelf();
  private device: Shelf | null = null;
  private present: StorageStatus = { trouble: null, keeping: false, detail: '' };
  private readonly listeners = new Set<(status: StorageStatus) => void>();
  /** Counts changes made here, to notice that an answer of the device was overtaken by one. */
  private changes = 0;
  private readonly behind = new WriteBehind(() => this.device, {
    failed: (error) => this.failed(error),
    succeeded: () => this.succeeded(),
  });

  constructor(
    private readonly textStore: TextStore | null,
    private readonly clock: () => number,
  ) {}

  /** Starts keeping on `device`: what is there becomes known, what was done meanwhile is written. */
  async attach(device: Shelf): Promise<void> {
    try {
      const { contents, unreadable } = await device.read();
      const meanwhile = additions(toArchive(this.memory, this.clock()), contents).contents;
      void this.memory.putAll(contents);
      void this.memory.putAll(meanwhile);
      this.device = device;
      const detail = unreadable.join(', ');
      this.become({ trouble: detail ? 'corrupt' : null, keeping: true, detail });
      this.keepUnsaved(takeUnsaved(this.textStore));
      this.behind.retry();
      await this.behind.flush();
      this.leaveUnsaved();
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
    return (await this.allProgress()).find((lesson) => lesson.slug === slug) ?? null;
  }

  saveAttempt(slug: string, attempt: Attempt): Promise<void> {
    this.memory.attempts.set(slug, { ...attempt, slug });
    return this.keepAttempt(slug);
  }

  clearAttempt(slug: string): Promise<void> {
    this.memory.attempts.delete(slug);
    return this.keepAttempt(slug);
  }

  setMark(slug: string, mark: string, at: number): Promise<void> {
    void this.memory.addMarks(slug, { [mark]: at });
    return this.keep(`marks/${slug}`, (shelf) => shelf.addMarks(slug, this.memory.marks.get(slug) ?? {}));
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
    return this.keep('settings', (shelf) => shelf.putSettings(this.memory.settings));
  }

  flush(): Promise<void> {
    return this.behind.flush();
  }

  async exportEverything() {
    return toArchive(await this.contents(), this.clock());
  }

  async importEverything(text: string) {
    const archive = parseArchive(text);
    const { contents, left } = additions(archive, await this.contents());
    void this.memory.putAll(contents);
    await this.keep('import', (shelf) => shelf.putAll(contents));
    return {
      lessons: new Set([...contents.attempts.keys(), ...contents.marks.keys()]).size,
      recordings: contents.recordings.size,
      settings: Object.keys(contents.settings).length,
      left,
    };
  }

  async deleteEverything(): Promise<void> {
    await this.flush();
    this.behind.forget();
    void this.memory.clear();
    leaveUnsaved(this.textStore, nothingUnsaved);
    await this.keep('everything', (shelf) => shelf.clear());
  }

  close(): void {
    this.device?.close();
    this.device = null;
  }

  /** For the moment the page is hidden or goes away: nothing can be waited for then. */
  leaveUnsaved(): void {
    const unsafe = this.behind.unsafe();
    const attempts = [...this.memory.attempts.values()].filter((one) =>
      unsafe.includes(`attempt/${one.slug}`),
    );
    const marks = [...this.memory.marks].filter(([slug]) => unsafe.includes(`marks/${slug}`));
    leaveUnsaved(this.textStore, { attempts, marks });
  }

  /** What another tab wrote counts too, so the device is asked; memory answers when it cannot. */
  private async contents(): Promise<Contents> {
    await this.flush();
    if (!this.device || this.behind.unsafe().length > 0) return this.memory;
    const before = this.changes;
    try {
      const { contents } = await this.device.read();
      if (this.changes === before) this.memory.become(contents);
    } catch (error) {
      this.failed(error);
    }
    return this.memory;
  }

  private keep(key: string, write: (shelf: Shelf) => Promise<void>): Promise<void> {
    this.changes += 1;
    return this.behind.keep(key, write);
  }

  private keepAttempt(slug: string): Promise<void> {
    return this.keep(`attempt/${slug}`, (shelf) => {
      const attempt = this.memory.attempts.get(slug);
      return attempt ? shelf.putAttempt(attempt) : shelf.deleteAttempt(slug);
    });
  }

  private keepRecording(id: string): Promise<void> {
    return this.keep(`recording/${id}`, (shelf) => {
      const recording = this.memory.recordings.get(id);
      return recording ? shelf.putRecording(recording) : shelf.deleteRecording(id);
    });
  }

  private keepUnsaved({ attempts, marks }: Unsaved): void {
    for (const attempt of attempts) {
      const known = this.memory.attempts.get(attempt.slug);
      if (!known || known.changedAt < attempt.changedAt) void this.saveAttempt(attempt.slug, attempt);
    }
    for (const [slug, times] of marks)
      for (const [mark, at] of Object.entries(times)) void this.setMark(slug, mark, at);
  }

  /** A full device may have room again later; any other error means that it is of no use. */
  private failed(error: unknown): void {
    const trouble = troubleOf(error);
    if (trouble === 'full') this.become({ trouble, keeping: false, detail: describeError(error) });
    else this.detach(trouble, describeError(error));
  }

  private succeeded(): void {
    if (this.present.trouble === 'full') this.become({ trouble: null, keeping: true, detail: '' });
  }

  private become(status: StorageStatus): void {
    this.present = status;
    for (const listener of this.listeners) listener(status);
  }
}
