/** Words and phrases, asked of the full-text table. Words are found by their beginning, phrases as they stand. */
import type { Condition } from "./condition";

/** The full-text table; its rowid is the track's id. */
const TEXT_TABLE = "tracks_text";
/** What the table's tokenizer takes for the letters of a word. */
const LETTERS = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

export interface SearchedText {
  text: string;
  isPhrase: boolean;
}

/**
 * All of these texts, anywhere or in one column of the table: asked together, since the table is quicker in putting
 * them together than SQL. Null for texts without letters ("&", "-"), which ask nothing.
 */
export function textCondition(texts: readonly SearchedText[], column = TEXT_TABLE): Condition | null {
  const matches = texts.map(matchOf).filter((match) => match !== null);
  if (matches.length === 0) return null;
  const sql = `SELECT rowid AS id FROM ${TEXT_TABLE} WHERE ${column} MATCH ?`;
  return (table) => table.select(sql, [matches.join(" ")]);
}

/** In quotation marks nothing is a sign of the full-text language. */
function matchOf({ text, isPhrase }: SearchedText): string | null {
  const words = text.match(LETTERS);
  const isBeginning = !isPhrase || text.endsWith("*");
  return words && `"${words.join(" ")}${isBeginning ? "*" : ""}"`;
}
