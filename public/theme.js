// Runs before the first paint. The person's choice wins, then the system's; "system" or nothing stored follows it.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('alo.theme');
  } catch {
    // Storage may be forbidden, for example in an embedded frame.
  }
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const dark = choice === 'dark' || (choice !== 'light' && systemIsDark);
  document.documentElement.classList.add(dark ? 'dark' : 'light');
})();
