/** Where the screen's time comes from: frames and timers of the page, or of a test. Simulated time never does. */
export interface Ticker {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Calls back once, before the next frame is painted. A hidden page paints no frames. */
  frame(callback: () => void): number;
  cancelFrame(frame: number): void;
  after(delayMs: number, callback: () => void): number;
  cancel(timer: number): void;
}

export const pageTicker: Ticker = {
  now: () => performance.now(),
  frame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (frame) => cancelAnimationFrame(frame),
  after: (delayMs, callback) => window.setTimeout(callback, delayMs),
  cancel: (timer) => window.clearTimeout(timer),
};
