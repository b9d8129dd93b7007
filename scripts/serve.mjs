// A small static server for dist/: node scripts/serve.mjs [folder] [--port 4173] [--mount /any/path/] [--strict]
// With --strict a port in use is an error; without it the next free one is taken.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** How many ports after the wanted one are tried. */
const PORTS_TRIED_MAX = 50;

/** Serves a folder on 127.0.0.1; resolves to its address and a function that stops it. */
export async function serve(folder, { port = 4173, mount = '/', strict = false } = {}) {
  const prefix = `/${mount}/`.replace(/\/+/g, '/');
  const server = createServer((request, response) => void answer(resolve(folder), prefix, request, response));
  const taken = await listen(server, port, strict ? 1 : PORTS_TRIED_MAX);
  return { url: `http://127.0.0.1:${taken}${prefix}`, close: () => server.close() };
}

async function listen(server, first, tries) {
  for (let port = first; port < first + tries; port++) {
    const error = await new Promise((done) => {
      server.once('error', done);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', done);
        done(undefined);
      });
    });
    if (!error) return server.address().port;
    if (error.code !== 'EADDRINUSE') throw error;
  }
  const range = tries === 1 ? `Port ${first} is` : `Ports ${first} to ${first + tries - 1} are`;
  throw new Error(`${range} in use. Choose another with --port.`);
}

async function answer(folder, prefix, request, response) {
  const plain = (status, text) => response.writeHead(status, { 'content-type': TYPES['.txt'] }).end(text);
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET and HEAD.');
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  } catch {
    return plain(400, 'This is no address.');
  }
  // Relative addresses in the page need the slash.
  if (`${path}/` === prefix) return response.writeHead(301, { location: prefix }).end();
  if (!path.startsWith(prefix)) return plain(404, `The site is at ${prefix}`);

  const inside = normalize(`/${path.slice(prefix.length)}`);
  const file = join(folder, inside.endsWith('/') ? `${inside}index.html` : inside);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return plain(404, 'Not found.');
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file).pipe(response);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, mount: { type: 'string' }, strict: { type: 'boolean' } },
  });
  const folder = positionals[0] ?? 'dist';
  try {
    const { url } = await serve(folder, {
      ...values,
      port: values.port === undefined ? undefined : Number(values.port),
    });
    console.log(`Serving ${folder} at ${url}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
