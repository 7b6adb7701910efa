/** A query from the words of a command line: the shell has taken its quotation marks away. */

/** One word is a whole query; of several, those with blanks in them were in quotation marks. */
export function queryOfWords(words: readonly string[], sort?: string): string {
  const parts = words.length === 1 ? words : words.map(quoted);
  return [...parts, ...(sort === undefined ? [] : [`sort:${sort}`])].join(" ");
}

/** `artist:Nina Simone` was `artist:"Nina Simone"`; what has its own quotation marks or brackets is as it was meant. */
function quoted(word: string): string {
  if (!/\s/.test(word) || /["()]/.test(word)) return word;
  const [, before = "", rest = word] = /^(-?[a-z][a-z0-9_.]*:[=~]?)(.*)$/is.exec(word) ?? [];
  return `${before}"${rest}"`;
}
