/** Characters of a file's name without its ending. */
const longest = 100;

/** The name of a downloaded file out of titles: letters, digits, dots and hyphens of any language, nothing else. */
export function fileName(titles: readonly string[], ending: string): string {
  const name = [...new Set(titles)]
    .join(' ')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .replace(/^[-.]+/, '');
  const cut = [...name]
    .slice(0, longest)
    .join('')
    .replace(/[-.]+$/, '');
  return `${cut === '' ? 'driftline' : cut}.${ending}`;
}
