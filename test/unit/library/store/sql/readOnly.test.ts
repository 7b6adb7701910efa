/** What is taken for a question, and what is refused before it is asked. */
import { expect, test } from "vitest";
import { isMore, refusal } from "../../../../../src/library/store/sql/readOnly";

test.each([
  "select 1",
  "  -- note\n /* note */ ; SELECT 1;",
  "WITH a AS (SELECT 1) SELECT * FROM a",
  "VALUES (1)",
  "explain query plan select 1",
  "PRAGMA table_info(tracks)",
  "pragma main.index_list('tracks');",
  "PRAGMA user_version",
])("%s is answered", (sql) => {
  expect(refusal(sql)).toBeNull();
});

test.each([
  "",
  "-- only a note",
  "DELETE FROM tracks",
  "ATTACH 'x' AS y",
  "BEGIN",
  "VACUUM INTO 'x'",
  "PRAGMA query_only = 0",
  "PRAGMA user_version(7)",
  "PRAGMA user_version=7",
  "PRAGMA table_info(tracks); DROP TABLE tracks",
  "PRAGMA writable_schema",
  "/* SELECT */ DROP TABLE tracks",
])("%s is refused", (sql) => {
  expect(refusal(sql)).toMatch(/\.$/);
});

test("blanks, semicolons and remarks after a statement are no second one", () => {
  expect(isMore(" ; -- the end\n /* really */ ")).toBe(false);
  expect(isMore("; select 2")).toBe(true);
});
