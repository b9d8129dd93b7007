import type { Panel, Reading, RunHost, View } from '../../scenario/host';

/** What is measured beside the picture: asked for again whenever another instant is shown, the latest one wins. */
export class Measuring {
  readings = $state.raw<readonly Reading[]>([]);
  private asking = false;
  private wanted: { host: RunHost; panels: readonly Panel[]; view: View } | null = null;

  ask(host: RunHost, panels: readonly Panel[], view: View): void {
    this.wanted = { host, panels, view };
    if (!this.asking) void this.answer();
  }

  private async answer(): Promise<void> {
    this.asking = true;
    while (this.wanted) {
      const { host, panels, view } = this.wanted;
      this.wanted = null;
      const { time, factCount } = view;
      // A run that has left the stage meanwhile answers nothing any more, and nobody waits for it.
      const readings = await host.measure(panels, { time, factCount }).catch(() => null);
      if (readings) this.readings = readings;
    }
    this.asking = false;
  }
}
