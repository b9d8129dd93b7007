import { scaleLinear, type ScaleLinear } from 'd3';
import type { Time } from '../../kernel/time';

/** How far one may look into the axis: the whole run down to about a millisecond. */
const zoomMax = 5000;

/** As d3-zoom has it: px of the whole axis × k + x are px on screen. */
interface Zoom {
  readonly k: number;
  readonly x: number;
}
const unzoomed: Zoom = { k: 1, x: 0 };

/**
 * The one time axis of a page: transport, measures and the inspector's train graph stand on it, so that one playhead
 * runs through all of them. Its origin is the stage's datum. px are CSS pixels from the left edge of the region.
 */
export class TimeAxis {
  /** The run's end. */
  end = $state.raw<Time>(1);
  left = $state.raw(0);
  right = $state.raw(1);
  transform = $state.raw<Zoom>(unzoomed);

  private readonly whole = $derived(
    scaleLinear([0, Math.max(1, this.end)], [this.left, Math.max(this.left + 1, this.right)]),
  );
  /** Time to px. */
  readonly scale: ScaleLinear<number, number> = $derived(
    this.whole.copy().domain([this.left, this.right].map((px) => this.whole.invert(this.unmoved(px)))),
  );
  readonly from: Time = $derived(Math.max(0, this.scale.domain()[0]));
  readonly to: Time = $derived(Math.min(this.end, this.scale.domain()[1]));
  readonly isZoomed = $derived(this.transform.k > 1.001);

  x(time: Time): number {
    return this.scale(time);
  }

  /** The time at px, within the run, in whole microseconds. */
  timeAt(x: number): Time {
    return Math.round(Math.max(0, Math.min(this.end, this.scale.invert(x))));
  }

  contains(time: Time): boolean {
    return time >= this.from && time <= this.to;
  }

  /** px, held inside the axis: for what leads out of the picture. */
  clamped(time: Time): number {
    return Math.max(this.left, Math.min(this.right, this.x(time)));
  }

  setRange(left: number, right: number): void {
    if (left === this.left && right === this.right) return;
    const [from, to] = [this.from, this.to];
    const wasZoomed = this.isZoomed;
    this.left = left;
    this.right = Math.max(left + 1, right);
    if (wasZoomed) this.show(from, to);
  }

  setEnd(end: Time): void {
    if (end === this.end) return;
    this.end = end;
    this.transform = unzoomed;
  }

  /** Shows the stretch between two times. */
  show(from: Time, to: Time): void {
    const width = this.right - this.left;
    const k = Math.min(zoomMax, this.end / Math.max(1, to - from));
    this.zoomTo(k, ((from + to) / 2 / this.end) * width + this.left);
  }

  /** Zooms in (factor above 1) or out around a time. */
  zoomBy(factor: number, around: Time): void {
    const x = this.clamped(around);
    const k = Math.max(1, Math.min(zoomMax, this.transform.k * factor));
    this.transform = this.fitted({ k, x: x - this.unmoved(x) * k });
  }

  reset(): void {
    this.transform = unzoomed;
  }

  /** Moves the picture so that `time` can be seen; does nothing when it can. */
  reveal(time: Time): void {
    if (!this.isZoomed || this.contains(time)) return;
    const span = this.to - this.from;
    this.show(time - span * 0.1, time + span * 0.9);
  }

  /** Moves the picture by px, to the left for positive ones. */
  panBy(px: number): void {
    const { k, x } = this.transform;
    this.transform = this.fitted({ k, x: x - px });
  }

  private zoomTo(k: number, middle: number): void {
    const centre = (this.left + this.right) / 2;
    this.transform = this.fitted({ k, x: centre - middle * k });
  }

  /** px on screen to px of the whole axis. */
  private unmoved(px: number): number {
    return (px - this.transform.x) / this.transform.k;
  }

  /** Nothing before the start and nothing after the end. */
  private fitted({ k, x }: Zoom): Zoom {
    const [low, high] = [this.right - this.right * k, this.left - this.left * k];
    return k <= 1 ? unzoomed : { k, x: Math.max(low, Math.min(high, x)) };
  }
}
