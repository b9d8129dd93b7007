/** "rate ratePerSecond 2" → valueOf(…, 'ratePerSecond') = "2". */
export function valueOf(detail: string, option: string): string {
  const words = detail.split(' ');
  const at = words.indexOf(option);
  return at < 0 ? '' : (words[at + 1] ?? '');
}
