import { build } from 'vite';
import { fileURLToPath } from 'node:url';

/** The engine page as one module's text, so that every engine runs the same bytes. */
export async function engineBundle(): Promise<string> {
  const entry = fileURLToPath(new URL('./engine-page.ts', import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: 'engine' },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const [{ output }] = result as unknown as { output: { type: string; code: string }[] }[];
  return output.find(({ type }) => type === 'chunk')!.code;
}

/** What this Node makes of it: the reference the other engines are held against. */
export async function hashesInNode(code: string): Promise<Record<string, string>> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const module = (await import(url)) as { hashes(): Promise<Record<string, string>> };
  return module.hashes();
}
