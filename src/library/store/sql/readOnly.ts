/**
 * Which SQL is answered: one statement that reads. The database it is asked of is a copy in a process of its own, set
 * to `query_only`; so this is not what keeps the library safe, but what keeps a change from seeming to be made.
 */

/** PRAGMAs that tell and change nothing, with what some of them are told about. */
const TELLING = new Set([
  ...["table_info", "table_xinfo", "index_list", "index_info", "index_xinfo", "foreign_key_list"],
]);
const PLAIN = new Set([
  ...["table_list", "database_list", "collation_list", "function_list", "compile_options", "encoding"],
  ...["user_version", "application_id", "schema_version", "page_count", "page_size", "freelist_count"],
  ...["integrity_check", "quick_check", "foreign_key_check"],
]);
const BLANK = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$))*/;

/** Why this is no statement that only reads, or null. */
export function refusal(sql: string): string | null {
  const statement = sql.replace(BLANK, "");
  const [first = ""] = /^[a-z]*/i.exec(statement) ?? [];
  switch (first.toUpperCase()) {
    case "":
      return "There is no SQL in this.";
    case "SELECT":
    case "VALUES":
    case "WITH":
    case "EXPLAIN":
      return null;
    case "PRAGMA":
      return isTelling(statement) ? null : "This PRAGMA is not answered: it may change something.";
    default:
      return `Only SELECT, WITH, VALUES, EXPLAIN and PRAGMA table_info and its like are answered, not ${first.toUpperCase()}.`;
  }
}

/** Whether what follows the first statement is another one. */
export function isMore(rest: string): boolean {
  return rest.replace(BLANK, "") !== "";
}

function isTelling(statement: string): boolean {
  const [, name = "", argument] =
    /^pragma\s+(?:main\s*\.\s*)?([a-z_]+)\s*(\(\s*["'`\w.]*\s*\))?[\s;]*$/i.exec(statement) ?? [];
  const known = name.toLowerCase();
  return TELLING.has(known) || (PLAIN.has(known) && argument === undefined);
}
