/**
 * Kills a process that writes to a store, 500 times or as often as told, spoils the tails it leaves, and prints what
 * was lost: npm run bench:crash -- [KILLS] [SEED]. Exit status 1 when anything was.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { crashRun, type CrashFigures } from "../unit/library/fixtures/crashRun";

const [kills = "500", seed = "1"] = process.argv.slice(2);
const script = join(".tsbuild", "run", "crashingWriter.mjs");
await build({
  entryPoints: ["test/unit/library/fixtures/crashingWriter.ts"],
  outfile: script,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  define: { APP_VERSION: '"0.0.0-dev"' },
});
const root = await mkdtemp(join(tmpdir(), "playlista-crash-"));
const started = performance.now();
const show = ({ losses, ...counts }: CrashFigures): void => {
  console.log({ ...counts, losses: losses.length });
};
const { losses, ...counts } = await crashRun(root, {
  script,
  kills: Number(kills),
  seed: Number(seed),
  onKill: (figures) => {
    if (figures.kills % 50 === 0) show(figures);
  },
});
const left = (await readdir(join(root, ".playlista"))).filter((name) => name.includes(".broken-"));
show({ ...counts, losses });
console.log(`${left.length} databases taken for broken`);
for (const loss of losses) console.log(loss);
console.log(`${Math.round((performance.now() - started) / 1000)} s`);
await rm(root, { recursive: true });
process.exitCode = losses.length + left.length === 0 ? 0 : 1;
