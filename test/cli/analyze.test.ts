import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { storedCells } from "../fixtures/storedCells";
import { EXAMPLE, fingerprint, jsonLines, run, storedRows, temporaryFolder } from "./commandLine";

function exampleCopy(): string {
  const folder = temporaryFolder();
  cpSync(EXAMPLE, join(folder, "music"), { recursive: true });
  return folder;
}

describe("playlista analyze", () => {
  it("analyses a folder, prints each file once as given, and keeps every value it printed", async () => {
    const cwd = exampleCopy();
    const before = fingerprint(join(cwd, "music"));

    const { status, stdout } = await run(["analyze", "--json", "music", "./music"], { cwd });

    expect(status).toBe(0);
    const results = jsonLines(stdout);
    expect(results.map((result) => result.path).sort()).toEqual(
      [...before.keys()]
        .filter((name) => !name.endsWith(".md"))
        .map((name) => join("music", name))
        .sort(),
    );
    const rows = new Map((await storedRows(cwd)).map((row) => [row["path"], row]));
    expect(rows.size).toBe(results.length);
    for (const result of results) {
      expect(result.state).toBe("analyzed");
      const row = rows.get(result.path);
      expect(row).toMatchObject(storedCells(result));
      expect(row).toMatchObject({
        file_size: result.file?.size,
        file_sha256: result.file?.sha256,
        format_codec: result.format?.codec,
        format_sample_rate: result.format?.sampleRate,
        format_samples: result.format?.samples,
        format_duration: result.format?.duration,
        tags_title: result.tags?.title,
        timing_analyzed_at: result.timing.analyzedAt,
      });
    }
    expect(fingerprint(join(cwd, "music"))).toEqual(before);
    expect([...fingerprint(cwd, ["music", ".playlista"]).keys()]).toEqual([]);
  });

  it("does not analyse again what is unchanged, and only the changed file after a change", async () => {
    const cwd = exampleCopy();
    const first = jsonLines((await run(["analyze", "--json", "."], { cwd })).stdout);
    const again = jsonLines((await run(["analyze", "--json", "."], { cwd })).stdout);

    expect(again.map((result) => result.state)).toEqual(again.map(() => "unchanged"));
    const byPath = (results: typeof first) => new Map(results.map((result) => [result.path, result]));
    for (const [path, result] of byPath(first)) {
      expect({ ...byPath(again).get(path), state: "analyzed" }).toEqual(result);
    }

    cpSync(join(EXAMPLE, "Folk/Korobeiniki.opus"), join(cwd, "music/Folk/Greensleeves.flac"));
    const after = jsonLines((await run(["analyze", "--json", "."], { cwd })).stdout);
    expect(after.filter((result) => result.state === "analyzed").map((result) => result.path)).toEqual([
      "./music/Folk/Greensleeves.flac",
    ]);
    expect(byPath(after).get("./music/Folk/Greensleeves.flac")?.format?.codec).toBe("Opus");
  });

  it("gives the same results by threads, by processes and in sequence", async () => {
    const cwd = exampleCopy();
    const measured = async (executor: string) =>
      jsonLines(
        (await run(["analyze", "--json", "--force", "--executor", executor, "music"], { cwd })).stdout,
      )
        .map((result) => ({ ...result, timing: null }))
        .sort((a, b) => a.path.localeCompare(b.path));

    const threads = await measured("threads");
    expect(threads.length).toBeGreaterThan(0);
    expect(await measured("processes")).toEqual(threads);
    expect(await measured("sequential")).toEqual(threads);
  });

  it("takes from a playlista.conf what neither flags nor environment say", async () => {
    const cwd = exampleCopy();
    const conf =
      "MAX_AUDIO_FILE_SIZE_MB=1\nEXCLUDE_PATTERNS=**/*.flac\nLASTFM_API_KEY=s3cr3t\nBATCH_SIZE=7\n";
    writeFileSync(join(cwd, "playlista.conf"), conf);
    writeFileSync(join(cwd, "music/Folk/large.wav"), new Uint8Array(1_100_000));
    const analyzed = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
      const { stdout, stderr } = await run(
        ["analyze", "--json", "--conf", "playlista.conf", ...args, "music/Folk"],
        { cwd, env },
      );
      const failed = jsonLines(stdout).filter(({ error }) => error?.code === "tooLarge");
      return { names: jsonLines(stdout).map(({ path }) => path), failed: failed.length, stderr };
    };
    const byFile = await analyzed(["--force"]);
    expect(byFile.names.length).toBeGreaterThan(0);
    expect(byFile.names.filter((name) => name.endsWith(".flac"))).toEqual([]);
    expect(byFile.stderr).toContain("playlista.conf, line 3: LASTFM_API_KEY is ignored: it is a secret.");
    expect(byFile.stderr).toContain("playlista.conf: Without effect here: BATCH_SIZE.");
    expect(byFile.stderr).not.toContain("s3cr3t");
    const bySizes = [
      await analyzed(["--force", "--max-file-size-mb", "0"]),
      await analyzed(["--force"], { PLAYLISTA_MAX_FILE_SIZE_MB: "0" }),
    ];
    expect(byFile.failed).toBeGreaterThan(0);
    expect(bySizes.map(({ failed }) => failed)).toEqual([0, 0]);
    const { status, stderr } = await run(["analyze", "--conf", "none.conf", "music"], { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining("cannot read --conf")]);
  });

  it("takes paths from a list on stdin, ended by NUL", async () => {
    const cwd = exampleCopy();
    const paths = ["music/Folk/Greensleeves.flac", "music/Folk/Korobeiniki.opus"];
    const { status, stdout } = await run(["analyze", "--json", "--files-from", "-", "-0"], {
      cwd,
      input: paths.join("\0"),
    });
    expect(status).toBe(0);
    expect(
      jsonLines(stdout)
        .map((result) => result.path)
        .sort(),
    ).toEqual(paths);
  });

  it("passes over hidden names and node_modules, follows a link once, and ends on a loop", async () => {
    const cwd = temporaryFolder();
    const source = join(EXAMPLE, "Folk/Greensleeves.flac");
    for (const folder of ["a", "a/.hidden", "a/node_modules", "elsewhere"]) {
      mkdirSync(join(cwd, folder), { recursive: true });
      cpSync(source, join(cwd, folder, "song.FLAC"));
    }
    symlinkSync("..", join(cwd, "a/loop"));
    symlinkSync(join(cwd, "elsewhere"), join(cwd, "a/linked"));

    const { stdout } = await run(["analyze", "--json", "a"], { cwd });
    const paths = jsonLines(stdout).map((result) => result.path);
    expect(paths).toContain("a/song.FLAC");
    expect(paths.filter((path) => path.includes("node_modules") || path.includes(".hidden"))).toEqual([]);
    expect(paths.length).toBe(2);
  });

  it("prints a table for people, and list prints the same from the store", async () => {
    const cwd = exampleCopy();
    const table = (await run(["analyze", "music"], { cwd })).stdout;
    expect(table).toMatch(/^File\s+Length\s+BPM/);
    expect(table).toMatch(/Greensleeves\.flac .*LUFS|Greensleeves\.flac .*−\d+\.\d/);

    const listed = await run(["list", "--json"], { cwd });
    expect(listed.status).toBe(0);
    expect(
      jsonLines(listed.stdout)
        .map((result) => result.path)
        .sort(),
    ).toEqual(
      [...fingerprint(join(cwd, "music")).keys()]
        .filter((name) => !name.endsWith(".md"))
        .map((name) => join(cwd, "music", name))
        .sort(),
    );
  });

  it("refuses what is beyond a limit, by the environment or by a flag, which is stronger", async () => {
    const cwd = exampleCopy();
    const analyze = async (name: string, low: string, args: string[]) => {
      const env = { [`PLAYLISTA_${name}`]: low };
      const { status, stdout } = await run(["analyze", "--json", ...args, "music/Folk/Korobeiniki.opus"], {
        cwd,
        env,
      });
      return { status, codes: jsonLines(stdout).map(({ error }) => error?.code) };
    };
    for (const [name, low] of [
      ["MAX_SAMPLE_RATE", "22050"],
      ["MAX_CHANNELS", "1"],
    ] as const) {
      const flag = `--${name.toLowerCase().replaceAll("_", "-")}`;
      expect(await analyze(name, low, [])).toEqual({ status: 1, codes: ["tooLarge"] });
      expect(await analyze(name, low, ["--force", flag, "0"])).toEqual({ status: 0, codes: [undefined] });
      rmSync(join(cwd, ".playlista"), { recursive: true });
    }
  });

  it("lists nothing, with status 0, where there is no database", async () => {
    const cwd = temporaryFolder();
    expect(await run(["list", "--json"], { cwd })).toMatchObject({ status: 0, stdout: "" });
    expect([...fingerprint(cwd).keys()]).toEqual([]);
  });

  it.each([
    [["analyze"]],
    [["analyze", ""]],
    [["analyze", "--workers", "many", "x"]],
    [["analyze", "--executor", "magic", "x"]],
    [["analyze", "--max-channels", "-1", "x"]],
    [["analyze", "--max-duration-hours", "", "x"]],
    [["analyze", "--files-from", "no-such-list"]],
    [["frobnicate"]],
    [["analyze", "--no-such-flag", "x"]],
  ])("tells wrong use by status 2: %j", async (args) => {
    const { status, stdout, stderr } = await run(args, { cwd: temporaryFolder() });
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toBe("");
  });

  it("fails with status 1 for a path that does not exist, and says so", async () => {
    const cwd = temporaryFolder();
    const { status, stdout } = await run(["analyze", "--json", "gone.flac"], { cwd });
    expect(status).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      { path: "gone.flac", state: "failed", error: { code: "notFound" } },
    ]);
  });

  it("says its version and helps", async () => {
    const cwd = temporaryFolder();
    expect((await run(["--version"], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run(["analyze", "--help"], { cwd })).stdout).toContain("--files-from");
  });

  it("writes to the database it is told", async () => {
    const cwd = exampleCopy();
    const { status } = await run(["analyze", "--database", "kept/other.sqlite", "music/Folk"], { cwd });
    expect(status).toBe(0);
    const listed = await run(["list", "--json", "--database", "kept/other.sqlite"], { cwd });
    expect(
      jsonLines(listed.stdout)
        .map((result) => result.path)
        .sort(),
    ).toEqual(["Greensleeves.flac", "Korobeiniki.opus"].map((name) => join(cwd, "music/Folk", name)));
  });

  it("keeps a strange name as it is", async () => {
    const cwd = temporaryFolder();
    const name = "„Ünï\u200Bçødé“ 🎵\nnew line.flac";
    cpSync(join(EXAMPLE, "Folk/Greensleeves.flac"), join(cwd, name));
    writeFileSync(join(cwd, "list"), `${name}\0`);
    const { stdout } = await run(["analyze", "--json", "--files-from", "list", "-0"], { cwd });
    expect(jsonLines(stdout)).toMatchObject([{ path: name, state: "analyzed" }]);
    expect((await storedRows(cwd)).map((row) => row["path"])).toEqual([name]);
  });
});
