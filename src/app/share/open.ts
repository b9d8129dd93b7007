/** Opens links and files in a worker of their own, which ends with the answer. */
import { archiveCharactersMax } from '../../storage/limits';
import type { Asked, OpenedArchive, OpenedRun, Refused } from './check';

export type { OpenedArchive, OpenedRun, Refused } from './check';

/** Longer is no answer: the worker is ended. */
const patienceMs = 20_000;

type Answer = OpenedRun | OpenedArchive | Refused;
type Told = { readonly answer: Answer } | { readonly error: string };

export async function openLink(link: string): Promise<OpenedRun | Refused> {
  return (await ask({ link })) as OpenedRun | Refused;
}

export async function openFile(file: File): Promise<Answer> {
  // A character takes at least one byte, at most four in UTF-8.
  if (file.size > archiveCharactersMax * 4) {
    return { holds: 'nothing', problem: 'tooBig', detail: `${file.size} bytes` };
  }
  return ask({ file: await file.text() });
}

async function ask(asked: Asked): Promise<Answer> {
  try {
    return await inWorker(asked);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    const { check } = await import('./check');
    return check(asked);
  }
}

/** Workers cannot be had, or this one could not be loaded. */
class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

function inWorker(asked: Asked): Promise<Answer> {
  let worker: Worker;
  try {
    worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module', name: 'check' });
  } catch (error) {
    return Promise.reject(new Unavailable((error as Error).message));
  }
  let timer: ReturnType<typeof setTimeout>;
  const answered = new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.answer);
    });
    worker.addEventListener('error', (event) => reject(new Unavailable(event.message)));
    timer = setTimeout(
      () => resolve({ holds: 'nothing', problem: 'tooHeavy', detail: `no answer in ${patienceMs} ms` }),
      patienceMs,
    );
  });
  worker.postMessage(asked);
  return answered.finally(() => {
    clearTimeout(timer);
    worker.terminate();
  });
}
