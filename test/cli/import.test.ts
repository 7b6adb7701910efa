/** `playlista import` as a process: a dry run, the import, the list afterwards, and what is refused. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ImportSummary } from "../../src/shared/earlier";
import { makeA1, makeWebLayer } from "../unit/library/store/import/fixtures/earlierDatabases";
import { jsonLines, run, temporaryFolder } from "./commandLine";

/** A library with one song, and an earlier database that has it and another. */
async function libraryWithEarlier(): Promise<string> {
  const cwd = temporaryFolder();
  await mkdir(join(cwd, "Music", "a"), { recursive: true });
  await writeFile(join(cwd, "Music", "a", "song.mp3"), "abc");
  const features = { bpm: 128.2, key: 9, scale: 0, loudness: 0.1, duration: 215.5, beat_confidence: 1 };
  const audio_features = [
    { ...features, file_hash: "song.mp3_3_1690000000.0", file_path: "/music/a/song.mp3" },
    { ...features, file_hash: "gone.mp3_4_1690000000.0", file_path: "/music/a/gone.mp3" },
  ];
  await writeFile(join(cwd, "audio_analysis.db"), await makeA1({ audio_features }));
  return cwd;
}

test("imports what a dry run says, and lists it as imported", async () => {
  const cwd = await libraryWithEarlier();
  const before = await readFile(join(cwd, "audio_analysis.db"));
  const args = ["import", "audio_analysis.db", "--map", "/music=Music"];
  const preview = await run([...args, "--dry-run"], { cwd });
  expect(preview).toMatchObject({ status: 0, stderr: "" });
  expect(preview.stdout).toContain(`The folder /music there is ${join(cwd, "Music")} here.`);
  expect(preview.stdout).toContain("2 files: 1 would be imported, 0 as failed there, 1 skipped.");
  expect(preview.stdout).toContain("1  no such file here: /music/a/gone.mp3");
  expect(preview.stdout).toContain("1  beat_confidence: was taken from the wrong output");
  expect((await run(["list"], { cwd })).stdout).toBe("");

  const done = await run([...args, "--json"], { cwd });
  expect(done).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(done.stdout) as ImportSummary).toMatchObject({
    variant: "A1",
    imported: 1,
    isPreview: false,
  });
  const [analysis, ...others] = jsonLines((await run(["list", "--json"], { cwd })).stdout);
  expect(others).toEqual([]);
  expect(analysis).toMatchObject({ state: "imported", rhythm: { tempo: 128.2 }, imported: { origin: "A1" } });
  expect((await run(["list"], { cwd })).stdout).toMatch(
    /song\.mp3 +3:36 +128\.2 .*A minor +8A.*imported from an earlier/,
  );
  expect(await readFile(join(cwd, "audio_analysis.db"))).toEqual(before);
});

test("says what is wrong with a file that is none, and with a mapping that is none", async () => {
  const cwd = temporaryFolder();
  await writeFile(join(cwd, "web.db"), await makeWebLayer());
  const refused = await run(["import", "web.db"], { cwd });
  expect(refused).toMatchObject({ status: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^error: This is no database of the earlier Playlista: .*web pages/);
  expect(await run(["import", "none.db"], { cwd })).toMatchObject({ status: 1 });
  expect(await run(["import", "web.db", "--map", "/music"], { cwd })).toMatchObject({ status: 2 });
  expect(await run(["import"], { cwd })).toMatchObject({ status: 2 });
});
