/** An answer in SQL as a table, as CSV and as JSON. */
import { expect, test } from "vitest";
import { sqlText } from "../../../../../src/library/store/sql/sqlText";

const columns = ["name", "n"];
const rows = [
  ["a\u001b[31m", 1.5],
  ["日本", null],
  [new Uint8Array([0, 255]), 20],
];

test("a table has its numbers to the right, wide letters in their width and nothing that a terminal obeys", () => {
  expect(sqlText(columns, rows, "table")).toBe(
    ["name       n", "-------  ---", "a\ufffd[31m   1.5", "日本", "X'00FF'   20", ""].join("\n"),
  );
});

test("CSV has empty cells for null, and texts that a spreadsheet would run made safe", () => {
  expect(
    sqlText(
      columns,
      [
        ["=1+1", -2],
        [null, 3],
      ],
      "csv",
    ),
  ).toBe("name,n\r\n'=1+1,-2\r\n,3\r\n");
});

test("JSON has an object for each row", () => {
  expect(JSON.parse(sqlText(columns, rows, "json"))).toEqual([
    { name: "a\u001b[31m", n: 1.5 },
    { name: "日本", n: null },
    { name: "X'00FF'", n: 20 },
  ]);
});
