import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { EXAMPLE, fingerprint, jsonLines, run, storedRows, temporaryFolder } from "./commandLine";

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** A root that made an unreadable file would read it all the same: hand all over to another user. */
function handOver(folder: string): { uid?: number } {
  if (!isRoot) return {};
  execFileSync("chown", ["-R", `${NOBODY}:${NOBODY}`, folder]);
  return { uid: NOBODY };
}

it("lists each bad file with its own reason, analyses the good ones, and touches none", async () => {
  const cwd = temporaryFolder();
  const music = join(cwd, "music");
  mkdirSync(music);
  const flac = readFileSync(join(EXAMPLE, "Folk/Greensleeves.flac"));
  writeFileSync(join(music, "good.flac"), flac);
  cpSync(join(EXAMPLE, "Folk/Korobeiniki.opus"), join(music, "Ünï\u200Bçødé „🎵“.opus"));
  writeFileSync(join(music, "text.mp3"), "This is a shopping list, not a song.\n".repeat(100));
  writeFileSync(join(music, "empty.flac"), "");
  writeFileSync(join(music, "truncated.flac"), flac.subarray(0, flac.length / 2));
  writeFileSync(join(music, "unreadable.flac"), flac);
  chmodSync(join(music, "unreadable.flac"), 0o000);
  // Everything that the other user runs has to be where it may read.
  cpSync(resolve("dist"), join(cwd, ".app"), { recursive: true });
  const before = isRoot ? fingerprint(music) : null;
  const user = handOver(cwd);

  const { status, stdout } = await run(["analyze", "--json", "music"], {
    cwd,
    ...user,
    cli: join(cwd, ".app", "cli.js"),
  });

  expect(status).toBe(1);
  const results = new Map(jsonLines(stdout).map((result) => [result.path.replace("music/", ""), result]));
  expect(results.size).toBe(6);
  expect(results.get("good.flac")).toMatchObject({ state: "analyzed", warnings: [] });
  expect(results.get("Ünï\u200Bçødé „🎵“.opus")).toMatchObject({ state: "analyzed", warnings: [] });
  expect(results.get("truncated.flac")).toMatchObject({
    state: "analyzed",
    warnings: [{ code: "truncated" }],
  });
  expect(results.get("truncated.flac")?.warnings[0]?.decodedShare).toBeLessThan(0.6);
  expect(results.get("text.mp3")).toMatchObject({ state: "failed", error: { code: "notAudio" } });
  expect(results.get("empty.flac")).toMatchObject({ state: "failed", error: { code: "empty" } });
  expect(results.get("unreadable.flac")).toMatchObject({ state: "failed", error: { code: "unreadable" } });
  const messages = [...results.values()].flatMap((result) => result.error?.message ?? []);
  expect(new Set(messages).size).toBe(3);

  const stored = new Map((await storedRows(cwd)).map((row) => [row["path"], row]));
  expect(stored.get("music/text.mp3")).toMatchObject({
    state: "failed",
    error_code: "notAudio",
    error_attempts: 1,
  });
  expect(stored.size).toBe(6);
  if (before) expect(fingerprint(music)).toEqual(before);
  expect([...fingerprint(cwd, ["music", ".playlista", ".app"]).keys()]).toEqual([]);
});
