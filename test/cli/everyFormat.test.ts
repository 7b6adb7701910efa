/** The command line over a file of every format: each is analysed, its format known by content, damage warned of. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { EVERY_FORMAT, writeEveryFormat } from "../fixtures/everyFormat";
import { jsonLines, run, storedRows, temporaryFolder } from "./commandLine";

it("analyses every format, and says of each what it is and what is wrong with it", async () => {
  const cwd = temporaryFolder();
  writeEveryFormat(join(cwd, "formats"));
  const { status, stdout } = await run(["analyze", "--json", "formats"], { cwd });
  expect(status).toBe(0);
  const found = jsonLines(stdout).map(({ path, state, format, warnings }) => [
    path,
    {
      state,
      codec: format?.codec,
      isDamaged: warnings.some(({ code }) => code === "damaged" || code === "truncated"),
    },
  ]);
  const expected = [...EVERY_FORMAT].map(([name, about]) => [
    join("formats", name),
    { state: "analyzed", ...about },
  ]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  const rows = await storedRows(cwd);
  expect(rows.map((row) => row["format_codec"]).sort()).toEqual(
    [...EVERY_FORMAT.values()].map(({ codec }) => codec).sort(),
  );
});
