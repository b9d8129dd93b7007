/** The worker behind open.ts: whatever it is given cannot hold up the page, and ends with it. */
import { check, type Asked } from './check';

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  check(data).then(
    (answer) => postMessage({ answer }),
    (error: unknown) => postMessage({ error: (error as Error).message }),
  );
});
