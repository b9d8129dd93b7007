/** The page's own dialogs, to be opened from anywhere: the header, a key on the stage, a notice. */
export type PageDialog = 'settings' | 'help' | 'share';

class Dialogs {
  /** Those that have been asked for: loaded the first time, then kept, so that focus comes back to where it was. */
  asked = $state.raw<readonly PageDialog[]>([]);
  settings = $state(false);
  help = $state(false);
  share = $state(false);

  open(dialog: PageDialog): void {
    if (!this.asked.includes(dialog)) this.asked = [...this.asked, dialog];
    this[dialog] = true;
  }

  closeAll(): void {
    this.settings = this.help = this.share = false;
  }
}

export const dialogs = new Dialogs();
