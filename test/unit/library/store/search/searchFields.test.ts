/** The list of fields against the list of measurements and the documentation. `npm run docs:search` writes the table anew. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { COLUMNS } from "../../../../../src/library/store/columns";
import {
  FIELD_NAMES,
  SEARCH_FIELDS,
  SHORT_NAMES,
  type SearchField,
} from "../../../../../src/library/store/search/searchFields";
import { leavesOf, VALUES } from "../../../../../src/shared/measurements";

const DOCS = join(import.meta.dirname, "../../../../../docs/search.md");
const BEGIN = "<!-- fields: written by npm run docs:search -->\n\n";
const END = "\n<!-- fields end -->";

const fields = Object.values(SEARCH_FIELDS).flat();

describe("the fields", () => {
  test("give no name to two", () => {
    const names = fields.flatMap((field) => field.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(FIELD_NAMES).toEqual(names);
  });

  test("are columns of the table, and every measured value is one of them", () => {
    const columns = [...COLUMNS.map(({ name }) => name), "state"];
    for (const { column } of fields.filter(({ column }) => column !== "")) expect(columns).toContain(column);
    const paths = VALUES.flatMap(leavesOf).map(({ path }) => path);
    expect(paths.filter((path) => !FIELD_NAMES.includes(path.toLowerCase()))).toEqual([]);
    expect(Object.keys(SHORT_NAMES).filter((path) => !paths.includes(path))).toEqual([]);
  });

  test("are what docs/search.md shows", async () => {
    const [before, rest = ""] = readFileSync(DOCS, "utf8").split(BEGIN);
    const after = rest.slice(rest.indexOf(END));
    await expect(`${before}${BEGIN}${await fieldTable()}${after}`).toMatchFileSnapshot(DOCS);
  });
});

async function fieldTable(): Promise<string> {
  const rows = Object.entries(SEARCH_FIELDS).flatMap(([group, members]) => [
    `| **${group}** | | |`,
    ...members.filter(({ names }) => !isPathOnly(names)).map(row),
  ]);
  return format(["| names | meaning | values |", "|---|---|---|", ...rows].join("\n"), {
    parser: "markdown",
  });
}

/** Values that are called by their path alone would make the table long and say nothing new. */
function isPathOnly(names: readonly string[]): boolean {
  return names.length === 1 && (names[0] ?? "").includes(".");
}

function row({ names, label, kind, unit, choices }: SearchField): string {
  const shown = names.filter((name) => !name.includes(".")).map((name) => `\`${name}\``);
  const values =
    choices.length > 0 ? choices.join(", ") : kind === "number" ? unit || "number" : VALUES_OF[kind];
  return `| ${shown.join(", ")} | ${label} | ${values} |`;
}

const VALUES_OF = {
  year: "year",
  date: "date",
  key: "key",
  text: "text",
  word: "word",
  choice: "",
  boolean: "yes, no",
  list: "only with `has:`",
  special: "",
} as const;
