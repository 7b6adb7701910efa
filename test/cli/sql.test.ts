/** Questions in SQL from a terminal, each in a process of its own. */
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openStore, putOne } from "../unit/library/fixtures/someStore";
import { analyzed } from "../unit/library/fixtures/someAnalysis";
import { fingerprint, finish, jsonLines, run, start, temporaryFolder } from "./commandLine";

async function library(): Promise<string> {
  const cwd = temporaryFolder();
  const store = await openStore(cwd);
  for (const name of ["a.flac", "b.flac", "c.flac"]) await putOne(store, analyzed(`${cwd}/${name}`));
  return cwd;
}

describe("playlista sql", () => {
  it("answers with what is on disk by now, as a table, as CSV and as JSON lines", async () => {
    const cwd = await library();
    const sql = "SELECT path, rhythm_tempo AS bpm FROM tracks ORDER BY path";
    expect((await run(["sql", sql], { cwd })).stdout).toBe(
      "path    bpm\n------  ---\na.flac  124\nb.flac  124\nc.flac  124\n",
    );
    expect((await run(["sql", "--csv", sql], { cwd })).stdout).toBe(
      "path,bpm\r\na.flac,124\r\nb.flac,124\r\nc.flac,124\r\n",
    );
    const json = await run(["sql", "--json", "--limit", "2", sql], { cwd });
    expect(jsonLines(json.stdout)).toEqual([
      { path: "a.flac", bpm: 124 },
      { path: "b.flac", bpm: 124 },
    ]);
    expect(json.stderr).toBe("Only the first 2 rows are shown; --limit 0 shows all.\n");
  });

  it("changes nothing, whatever is asked", async () => {
    const cwd = await library();
    const before = fingerprint(cwd);
    for (const sql of [
      "DELETE FROM tracks",
      "WITH a AS (SELECT 1) DELETE FROM tracks",
      "SELECT 1; DELETE FROM tracks",
      "PRAGMA user_version = 9",
      "SELECT nothing FROM tracks",
      "EXPLAIN nonsense",
    ]) {
      const { status, stderr } = await run(["sql", sql], { cwd });
      expect([sql, status, stderr]).toEqual([sql, 2, expect.stringContaining("error: ")]);
    }
    expect(fingerprint(cwd)).toEqual(before);
  });

  it("gives up a question without an end", async () => {
    const cwd = await library();
    const endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
    const { status, stderr } = await run(["sql", "--timeout", "2", endless], { cwd });
    expect([status, stderr]).toEqual([2, "error: No answer within 2 s; the question was given up.\n"]);
  });

  it.skipIf(process.platform === "win32")(
    "leaves no reader behind when it is killed in an answer",
    async () => {
      const cwd = await library();
      const endless =
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
      const child = start(["sql", "--timeout", "600", endless], { cwd });
      // Both write to one pipe, which closes when the reader has ended as well.
      const ended = finish(child);
      await delay(3000);
      child.kill("SIGKILL");
      expect((await ended).signal).toBe("SIGKILL");
    },
  );
});
