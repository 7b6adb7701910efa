/**
 * The trust table: each name has one fate in each form, and the documentation shows what the program does.
 * `npm run docs:import` writes it anew.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import prettier from "prettier";
import { expect, test } from "vitest";
import { LEFT_OUT_LISTS } from "../../../../../src/library/store/import/present";
import { BOOKKEEPING, TRUST } from "../../../../../src/library/store/import/trust";
import { EARLIER_VARIANTS, type EarlierVariant } from "../../../../../src/shared/earlier";
import { COMPONENT_COLUMNS, WIDE_FAMILIES } from "./fixtures/earlierColumns";
import { trustTables } from "./trustTable";

const DOCS = join(import.meta.dirname, "../../../../../docs/import.md");
const BEGIN = "<!-- trust: written by npm run docs:import -->\n\n";
const END = "\n<!-- trust end -->";

test("docs/import.md has the table that the import goes by", async () => {
  const docs = await readFile(DOCS, "utf8");
  const [before = "", rest = ""] = docs.split(BEGIN);
  const after = rest.slice(rest.indexOf(END) + END.length);
  const options = await prettier.resolveConfig(DOCS);
  const table = await prettier.format(trustTables(), { ...options, parser: "markdown" });
  await expect(`${before}${BEGIN}${table}${END}${after}`).toMatchFileSnapshot(DOCS);
});

test.for(Object.keys(EARLIER_VARIANTS) as EarlierVariant[])("%s has one rule a name", (variant) => {
  const names = TRUST.filter(({ variants }) => variants.includes(variant)).flatMap((rule) => rule.names);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.filter((name) => BOOKKEEPING.has(name))).toEqual([]);
});

test("what is dropped while reading is left out in every form", () => {
  const kept = TRUST.filter(({ fate }) => "into" in fate).flatMap((rule) => rule.names);
  expect(kept.filter((name) => LEFT_OUT_LISTS.has(name))).toEqual([]);
});

test.for([
  ["E", Object.values(WIDE_FAMILIES).join(", ")],
  ["C", Object.values(COMPONENT_COLUMNS).join(", ")],
] as const)("every column of form %s has a rule, or is no value", ([variant, sql]) => {
  const names = TRUST.filter(({ variants }) => variants.includes(variant)).flatMap((rule) => rule.names);
  const columns = sql.split(", ").map((column) => column.split(" ")[0] ?? "");
  // Read by their readers under other names.
  const renamed = ["confidence", "features", "metadata", "discovery_timestamp"];
  const unknown = columns.filter(
    (name) => !names.includes(name) && !BOOKKEEPING.has(name) && !renamed.includes(name),
  );
  expect(unknown).toEqual([]);
});
