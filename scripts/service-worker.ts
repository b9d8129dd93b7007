import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Writes sw.js: everything that was built is stored on the first visit, so the second one needs no network.
 * The version is a hash of all contents: the same sources give the same worker, byte for byte.
 */
export function serviceWorker(): Plugin {
  let publicDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const contents = new Map<string, string | Uint8Array>();
        for (const file of publicFiles(publicDir)) contents.set(file, readFileSync(join(publicDir, file)));
        for (const [file, output] of Object.entries(bundle)) {
          contents.set(file, output.type === 'chunk' ? output.code : output.source);
        }
        const files = [...contents.keys()].filter(isServed).sort();
        const hash = createHash('sha256').update(workerSource('', []));
        for (const file of files) hash.update(file).update(contents.get(file)!);
        // The page is stored under its folder's address, which is what people visit.
        const addresses = files.map((file) => (file === 'index.html' ? './' : file));
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: workerSource(hash.digest('hex').slice(0, 12), addresses),
        });
      },
    },
  };
}

/** Build information, source maps and the picture of the README are of no use to a reader without a network. */
const isServed = (file: string) =>
  !file.startsWith('.vite/') && !file.endsWith('.map') && file !== 'screenshot.png';

function publicFiles(folder: string): string[] {
  if (!folder || !existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.replaceAll('\\', '/'));
}

/**
 * The previous version's cache is kept: a page that was open during an update still finds its lazy chunks.
 * Cache names carry the scope, because several sites may share one origin.
 */
function workerSource(version: string, files: readonly string[]): string {
  return `const prefix = 'at-least-once ' + registration.scope + ' ';
const current = prefix + '${version}';
const files = ${JSON.stringify(files)};

addEventListener('install', (event) => {
  const requests = files.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(current).then((cache) => cache.addAll(requests)).then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  event.waitUntil(forgetOldVersions().then(() => clients.claim()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(registration.scope)) event.respondWith(answer(request));
});

async function forgetOldVersions() {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(current);
  const stored = await cache.match(request, { ignoreSearch: true });
  if (stored) return stored;
  if (request.mode === 'navigate') return (await cache.match('./')) ?? fetch(request);
  for (const name of await caches.keys()) {
    const older = name.startsWith(prefix) && (await (await caches.open(name)).match(request));
    if (older) return older;
  }
  return fetch(request);
}
`;
}
