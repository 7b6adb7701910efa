/**
 * Pieces of SQL that are put together: text of ours, with what users wrote as parameters, never in the text. Columns
 * have a "+" before them, which keeps SQLite from an index of one column: going through `tracks_for_search`, which
 * is in the order of paths and has what is asked for most, takes a fraction of the time at any number of tracks.
 */

export interface Condition {
  sql: string;
  parameters: (string | number)[];
}

/** A condition on its own; `sql` is one of this folder's constants with a `?` for each parameter. */
export function condition(sql: string, ...parameters: (string | number)[]): Condition {
  return { sql, parameters };
}

/** Both or any of several hold; brackets are put where they are needed. */
export function joined(parts: readonly Condition[], word: "AND" | "OR"): Condition {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  if (parts.length === 0) return word === "AND" ? condition("1") : condition("0");
  return {
    sql: `(${parts.map(({ sql }) => sql).join(` ${word} `)})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** Whatever is not found by the condition, also where it can't be decided because a value is null. */
export function negated({ sql, parameters }: Condition): Condition {
  return { sql: `(${sql}) IS NOT TRUE`, parameters };
}

/** A LIKE pattern for any part of a text; in `hasWildcards` texts `*` and `?` stand for any letters. */
export function likePattern(text: string, hasWildcards = false): string {
  const literal = text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  return hasWildcards ? literal.replaceAll("*", "%").replaceAll("?", "_") : literal;
}
