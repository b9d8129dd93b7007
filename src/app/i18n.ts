/**
 * The interface's words. Each region of the screen has its own catalogue, one file per locale
 * (`words/home.en.ts`), so that a page loads only what it shows:
 *
 *   const w = words({ en: home });   // w.title, w.charged(3)
 *
 * The English object is the type: a translation that `satisfies Translation<typeof home>` but lacks a key, or takes other
 * arguments, does not compile.
 */
export const locales = ['en'] as const;
export type Locale = (typeof locales)[number];

/** What another locale's catalogue must look like, given the English one. */
export type Translation<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Source[Key] extends string
      ? string
      : Translation<Source[Key]>;
};

/** The locale on screen: the first of the person's languages that we have, else English. */
export const locale: Locale = pickLocale(typeof navigator === 'undefined' ? [] : navigator.languages);

export function pickLocale(wanted: readonly string[]): Locale {
  const languages = wanted.map((tag) => tag.split('-')[0]);
  return locales.find((known) => languages.includes(known)) ?? 'en';
}

/** A region's words in the given locale. */
export function words<Region>(region: Readonly<Record<Locale, Region>>, chosen: Locale = locale): Region {
  return region[chosen];
}

/** Forms by plural category; `#` stands for the number. Languages use the categories they have; all have `other`. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** `plural(2, { one: '# lesson', other: '# lessons' })` → "2 lessons". */
export function plural(count: number, forms: Forms, chosen: Locale = locale): string {
  const form = forms[pluralRules(chosen).select(count)] ?? forms.other;
  return form.replaceAll('#', number(count, chosen));
}

/** 12345.6 → "12,345.6". */
export function number(value: number, chosen: Locale = locale): string {
  return numberFormat(chosen).format(value);
}

/** Whole dollars: 40 → "$40". */
export function dollars(value: number, chosen: Locale = locale): string {
  return dollarFormat(chosen).format(value);
}

/** 188 → "3 h 8 min". */
export function duration(minutes: number, chosen: Locale = locale): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours > 0 ? `${number(hours, chosen)} h` : '',
    rest > 0 || hours === 0 ? `${number(rest, chosen)} min` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** ['2', '3'] → "2 and 3". */
export function list(items: readonly string[], chosen: Locale = locale): string {
  return listFormat(chosen).format(items);
}

// A formatter is dear to make and cheap to keep.
const pluralRules = kept((of) => new Intl.PluralRules(of));
const numberFormat = kept((of) => new Intl.NumberFormat(of));
const dollarFormat = kept(
  (of) => new Intl.NumberFormat(of, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 }),
);
const listFormat = kept((of) => new Intl.ListFormat(of, { type: 'conjunction' }));

function kept<Formatter>(make: (of: Locale) => Formatter): (of: Locale) => Formatter {
  const made = new Map<Locale, Formatter>();
  return (of) => {
    const known = made.get(of) ?? make(of);
    made.set(of, known);
    return known;
  };
}
