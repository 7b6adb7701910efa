/** Searching and exporting from a terminal, over the shipped example folder. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXAMPLE, fingerprint, jsonLines, run, temporaryFolder } from "./commandLine";

let database: string;
let cwd: string;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "playlista-search-"));
  database = join(cwd, ".playlista", "library.sqlite");
  cpSync(EXAMPLE, join(cwd, "music"), { recursive: true });
  await run(["analyze", "music"], { cwd });
}, 300_000);

afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const names = (stdout: string) => jsonLines(stdout).map(({ path }) => basename(path));

describe("playlista search", () => {
  it("prints whole results of what a query finds, in the order asked for", async () => {
    const { status, stdout } = await run(["search", "--json", "bpm:140..200", "sort:-bpm"], { cwd });
    expect(status).toBe(0);
    const tempos = jsonLines(stdout).map(({ rhythm }) => rhythm?.tempo ?? 0);
    expect(tempos.length).toBeGreaterThan(2);
    expect(tempos).toEqual([...tempos].sort((a, b) => b - a));
    expect(jsonLines(stdout)[0]?.segments).not.toBeNull();
  });

  it("takes words as the shell leaves them, exclusions among them", async () => {
    const { stdout } = await run(
      ["search", "--json", "artist:Scott Joplin", "-key:8A", "--database", database],
      { cwd },
    );
    expect(names(stdout)).toEqual(["Joplin - The Entertainer.ogg"]);
  });

  it("prints a table and how many there are, and finds nothing without complaint", async () => {
    const some = await run(["search", "folk", "--limit", "1"], { cwd });
    expect(some.stdout).toMatch(/^File .*\n.*Greensleeves/);
    expect(some.stderr).toBe("2 tracks found, 1 shown\n");
    const none = await run(["search", "polka"], { cwd });
    expect(none).toMatchObject({ status: 0, stdout: "", stderr: "0 tracks found\n" });
  });

  it("says what is wrong with a query and where, with status 2", async () => {
    const { status, stderr } = await run(["search", "folk bmp:120"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toBe('error: There is no field "bmp". Did you mean "bpm"?\n  folk bmp:120\n       ^^^\n');
    expect((await run(["search", "folk", "--jsn"], { cwd })).status).toBe(2);
  });

  it("finds nothing where there is no database, and makes none", async () => {
    const empty = temporaryFolder();
    expect(await run(["search", "--json", "x"], { cwd: empty })).toMatchObject({ status: 0, stdout: "" });
    expect(existsSync(join(empty, ".playlista"))).toBe(false);
  });
});

describe("playlista export", () => {
  it("writes a list whose paths lead to the files", async () => {
    const list = join(cwd, "music", "lists.m3u8");
    const { status, stderr } = await run(["export", "--format", "m3u8", "-o", list, "folk"], { cwd });
    expect([status, stderr]).toEqual([0, `2 written to ${list}\n`]);
    const lines = readFileSync(list, "utf8").trimEnd().split("\n");
    expect(lines.slice(0, 2)).toEqual(["#EXTM3U", "#PLAYLIST:lists"]);
    for (const line of lines.filter((line) => !line.startsWith("#"))) {
      expect(existsSync(resolve(dirname(list), line))).toBe(true);
    }
  });

  it("gives JSON lines as search does, and CSV with a row for each track", async () => {
    const lines = await run(["export", "--format", "jsonl"], { cwd });
    expect(lines.stdout).toBe((await run(["search", "--json", ""], { cwd })).stdout);
    const csv = await run(["export", "--format", "csv", "sort:title"], { cwd });
    expect(csv.stdout.trimEnd().split("\r\n")).toHaveLength(1 + jsonLines(lines.stdout).length);
  });

  it("leaves alone what is there already unless forced, and audio and the library always", async () => {
    const taken = join(cwd, "taken.csv");
    writeFileSync(taken, "mine");
    symlinkSync(join(cwd, "nowhere"), join(cwd, "link.csv"));
    const before = fingerprint(cwd);
    const song = join(cwd, "music/Folk/Greensleeves.flac");
    const refused = [
      [taken],
      [join(cwd, "link.csv")],
      [song, "--force"],
      [database, "--force"],
      [join(cwd, "new.mp3")],
    ];
    for (const place of refused) {
      const { status, stderr } = await run(["export", "--format", "csv", "-o", ...place], { cwd });
      expect([place, status, stderr]).toEqual([place, 1, expect.stringContaining("error: ")]);
    }
    expect(fingerprint(cwd)).toEqual(before);
    expect((await run(["export", "--format", "csv", "-o", taken, "--force"], { cwd })).status).toBe(0);
    expect(readFileSync(taken, "utf8")).toContain("Greensleeves");
  });
});
