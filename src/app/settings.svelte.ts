/**
 * How a person wants the product to be. Kept in localStorage, so that it is known before the first paint, and mirrored
 * into the database, so that exporting everything includes it. Each setting is one of a few words.
 */
import { routeIds } from '../course/catalogue';

/** Allowed values by setting; the first is the default. */
const allowed = {
  theme: ['system', 'light', 'dark'],
  textSize: ['normal', 'large'],
  motion: ['system', 'reduced', 'full'],
  /** What is spoken while a run plays (experience.md 2.10). */
  verbosity: ['normal', 'results', 'detailed', 'off'],
  /** Single-character shortcuts (WCAG 2.1.4). */
  characterKeys: ['on', 'off'],
  /** The route drawn solid on the course map. */
  route: routeIds,
} as const;

export type SettingName = keyof typeof allowed;
export type SettingValues = { readonly [Name in SettingName]: (typeof allowed)[Name][number] };

/** public/theme.js reads it before the first paint. */
const themeKey = 'alo.theme';
const settingsKey = 'alo.settings';

export class Settings {
  private values = $state.raw<SettingValues>(readLocal());
  private systemDark = $state(false);
  private systemReduced = $state(false);
  private mirror: (values: SettingValues) => void = () => {};

  constructor() {
    this.follow('(prefers-color-scheme: dark)', (matches) => (this.systemDark = matches));
    this.follow('(prefers-reduced-motion: reduce)', (matches) => (this.systemReduced = matches));
    // Another tab changed something.
    addEventListener('storage', (event) => {
      if (event.key === themeKey || event.key === settingsKey) this.show(readLocal());
    });
  }

  get<Name extends SettingName>(name: Name): SettingValues[Name] {
    return this.values[name];
  }

  set<Name extends SettingName>(name: Name, value: SettingValues[Name]): void {
    this.show({ ...this.values, [name]: value });
    writeLocal(this.values);
    this.mirror(this.values);
  }

  /** As `set`, for a value that comes from a form; one that is not allowed changes nothing. */
  choose(name: SettingName, value: string): void {
    this.adopt({ [name]: value });
    this.mirror(this.values);
  }

  /** Whether the page is dark now, by choice or by the system. */
  get dark(): boolean {
    return this.values.theme === 'system' ? this.systemDark : this.values.theme === 'dark';
  }

  /** Whether motion is reduced now, by choice or by the system. */
  get reducedMotion(): boolean {
    return this.values.motion === 'system' ? this.systemReduced : this.values.motion === 'reduced';
  }

  /** Every change from now on is also told to `mirror`. */
  mirrorTo(mirror: (values: SettingValues) => void): void {
    this.mirror = mirror;
  }

  /** Takes over what was kept elsewhere; anything that makes no sense is ignored. */
  adopt(kept: Readonly<Record<string, unknown>>): void {
    this.show(sensible(kept, this.values));
    writeLocal(this.values);
  }

  /** Back to how a new person finds it. */
  reset(): void {
    this.adopt(defaults);
  }

  private show(values: SettingValues): void {
    this.values = values;
    const root = document.documentElement.classList;
    root.toggle('dark', this.dark);
    root.toggle('light', !this.dark);
    root.toggle('reduce-motion', this.reducedMotion);
    root.toggle('text-large', values.textSize === 'large');
  }

  private follow(query: string, changed: (matches: boolean) => void): void {
    const media = matchMedia(query);
    const tell = () => {
      changed(media.matches);
      this.show(this.values);
    };
    tell();
    media.addEventListener('change', tell);
  }
}

const defaults = sensible({});

/** The values that are allowed; for all others what `otherwise` says, or the default. */
function sensible(wanted: Readonly<Record<string, unknown>>, otherwise?: SettingValues): SettingValues {
  const names = Object.keys(allowed) as SettingName[];
  const entries = names.map((name) => {
    const values: readonly string[] = allowed[name];
    return [name, values.find((value) => value === wanted[name]) ?? otherwise?.[name] ?? values[0]];
  });
  return Object.fromEntries(entries) as SettingValues;
}

function readLocal(): SettingValues {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(settingsKey) ?? '{}');
    return sensible({ ...(kept as object), theme: localStorage.getItem(themeKey) ?? 'system' });
  } catch {
    // Storage may be forbidden, or hold something else's data.
    return defaults;
  }
}

function writeLocal(values: SettingValues): void {
  try {
    localStorage.setItem(themeKey, values.theme);
    localStorage.setItem(settingsKey, JSON.stringify(values));
  } catch {
    // The choice then lasts as long as the page.
  }
}

export const settings = new Settings();
