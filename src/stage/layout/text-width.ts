/**
 * Widths of drawn text without a DOM, so that layout is a pure function and labels can be placed in tests.
 * Advance widths of Atkinson Hyperlegible Next (tabular figures, no kerning) and Mono, measured in the browser from
 * the bundled files, in hundredths of the font size. Kerning only makes real text narrower than this.
 */
export type Weight = 400 | 500 | 600 | 700;

const first = 32;
const normal = [
  28, 29, 30, 65, 59, 92, 73, 16, 30, 30, 49, 61, 21, 36, 21, 39, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 21,
  21, 55, 63, 55, 48, 78, 63, 61, 65, 67, 57, 55, 69, 69, 39, 51, 63, 54, 82, 69, 71, 59, 72, 61, 59, 56, 69,
  59, 86, 62, 58, 61, 32, 39, 34, 55, 37, 24, 53, 57, 49, 56, 54, 31, 56, 55, 25, 25, 49, 26, 85, 55, 55, 57,
  57, 35, 47, 33, 54, 46, 68, 48, 45, 46, 34, 24, 34, 56,
];
const strong = [
  30, 30, 36, 73, 60, 95, 73, 20, 32, 32, 49, 60, 25, 37, 25, 42, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 25,
  25, 56, 62, 56, 53, 78, 66, 63, 65, 68, 59, 56, 71, 70, 42, 55, 65, 55, 85, 71, 74, 62, 75, 64, 60, 59, 69,
  63, 88, 67, 63, 62, 33, 42, 34, 57, 39, 27, 54, 59, 50, 59, 56, 35, 58, 57, 29, 26, 54, 30, 87, 57, 57, 59,
  59, 37, 50, 36, 56, 51, 72, 52, 50, 49, 37, 25, 37, 54,
];
const bold = [
  31, 30, 39, 77, 61, 97, 73, 21, 34, 34, 49, 60, 27, 37, 27, 44, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 27,
  27, 57, 61, 57, 55, 78, 68, 64, 66, 69, 60, 57, 72, 70, 43, 56, 66, 55, 86, 72, 75, 63, 76, 65, 61, 61, 69,
  64, 89, 69, 65, 62, 34, 44, 34, 58, 40, 29, 55, 60, 51, 60, 56, 37, 59, 57, 30, 26, 56, 32, 88, 57, 58, 60,
  60, 38, 51, 38, 57, 53, 74, 54, 52, 51, 38, 25, 38, 54,
];
/** Every glyph of the mono face; and the widest glyph that is likely in a label, for what the tables lack. */
const monoAdvance = 63;
const unknownAdvance = 84;

/** Width in CSS px of one line of text. */
export function textWidth(text: string, size: number, weight: Weight = 400, mono = false): number {
  const table = weight === 700 ? bold : weight === 400 ? normal : strong;
  let hundredths = 0;
  for (let index = 0; index < text.length; index++) {
    const advance = table[text.charCodeAt(index) - first];
    hundredths += advance === undefined ? unknownAdvance : mono ? monoAdvance : advance;
  }
  return (hundredths * size) / 100;
}

/** The text, or as much of it as fits with an ellipsis; never empty. */
export function fitText(
  text: string,
  widthMax: number,
  size: number,
  weight: Weight = 400,
  mono = false,
): string {
  if (textWidth(text, size, weight, mono) <= widthMax) return text;
  for (let length = text.length - 1; length > 1; length--) {
    const shorter = `${text.slice(0, length).trimEnd()}…`;
    if (textWidth(shorter, size, weight, mono) <= widthMax) return shorter;
  }
  return `${text.slice(0, 1)}…`;
}
