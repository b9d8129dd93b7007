import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** Licences that may ship. Anything else stops the build, so that somebody reads it first. */
const ALLOWED = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1']);

export interface ThirdParty {
  /** For the page's build: writes THIRD-PARTY-NOTICES.txt. */
  page: Plugin;
  /** For each worker's build, which Vite runs apart from the page's: only remembers what went in. */
  worker: () => Plugin;
}

/** Lists every package whose code, styles or files end up in dist/, with its licence text. */
export function thirdParty(): ThirdParty {
  const packages = new Set<string>();
  const remember = (ids: Iterable<string>) => {
    for (const id of ids) {
      const folder = packageFolder(id);
      if (folder) packages.add(folder);
    }
  };
  return {
    worker: () => ({
      name: 'third-party-worker',
      apply: 'build',
      generateBundle(_options, bundle) {
        remember(bundledCode(bundle));
      },
    }),
    page: {
      name: 'third-party',
      apply: 'build',
      generateBundle(_options, bundle) {
        remember(bundledCode(bundle));
        // Style sheets, and with them fonts, have left their chunks by now.
        remember([...this.getModuleIds()].filter((id) => /\.css(\?|$)/.test(id)));
        this.emitFile({
          type: 'asset',
          fileName: 'THIRD-PARTY-NOTICES.txt',
          source: notices([...packages].map(describePackage)),
        });
      },
    },
  };
}

/** Modules of which something was left after unused code had been removed. */
function bundledCode(bundle: Rolldown.OutputBundle): string[] {
  return Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
}

/** The folder of the package that a module belongs to, or undefined for our own modules. */
export function packageFolder(id: string): string | undefined {
  const match = /^\0?(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\?]+)[/\\]/.exec(id);
  return match?.[1];
}

interface Package {
  name: string;
  version: string;
  licence: string;
  text: string;
}

function describePackage(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const licence = license ?? 'none';
  if (!ALLOWED.has(licence)) {
    throw new Error(
      `${name}@${version} has the licence "${licence}", which is not in the list of licences that may ship. ` +
        'Use another package, or read the licence and add it to ALLOWED in scripts/third-party.ts.',
    );
  }
  return { name, version, licence, text: licenceText(folder) };
}

function licenceText(folder: string): string {
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  const texts = files.filter((file) => existsSync(join(folder, file))).map((file) => readText(folder, file));
  return texts.join('\n\n') || 'The package contains no licence file; its package.json names the licence.';
}

const readText = (folder: string, file: string) =>
  readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();

function notices(packages: Package[]): string {
  const sorted = packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const parts = sorted.map(
    ({ name, version, licence, text }) => `${name} ${version}\nLicence: ${licence}\n\n${text}\n`,
  );
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return ['At Least Once contains the following software and fonts by others.\n', ...parts].join(rule);
}
