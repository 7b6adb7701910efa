/**
 * The registry's declarations against what they declare: the code that is imported, the packages that are
 * installed, the documentation. `npm run docs:formats` writes the table anew.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { AUDIO_EXTENSIONS, AUDIO_FORMATS, type AudioFormat } from "../../../../src/shared/audioFormats";
import { DECODERS } from "../../../../src/worker/decode/registry";
import { formatTable, installed } from "./formatTable";

const PROJECT = join(import.meta.dirname, "../../../..");
const DOCS = join(PROJECT, "docs/decoding.md");
const BEGIN = "<!-- formats: written by npm run docs:formats -->\n\n";
const END = "\n<!-- formats end -->";

/** The file in which each family begins. */
const ENTRIES: Readonly<Record<AudioFormat["id"], string>> = {
  wav: "pcm/wav",
  flac: "flac/flac",
  mp3: "mp3/mp3",
  ogg: "ogg/ogg",
  aiff: "pcm/aiff",
  caf: "caf/caf",
  wma: "wma/wma",
  wavpack: "wavpack/wavpack",
  tta: "tta/tta",
  ac3: "ac3/ac3",
  mp4: "mp4/mp4",
  aac: "aac/adts",
  musepack: "musepack/musepack",
  matroska: "matroska/matroska",
};
const sources = Object.values(DECODERS).flatMap(({ decoders }) => decoders);
const packages = [...new Set(sources.flatMap(({ package: name }) => name ?? []))];

describe("the registry", () => {
  test("has a decoder for each format of the list, under its id", () => {
    const ids = Object.entries(DECODERS).map(([id, decoder]) => [id, decoder.id]);
    expect(Object.fromEntries(ids)).toEqual(Object.fromEntries(AUDIO_FORMATS.map(({ id }) => [id, id])));
  });

  test("gives no extension to two formats, and all in small letters", () => {
    expect(new Set(AUDIO_EXTENSIONS).size).toBe(AUDIO_EXTENSIONS.length);
    for (const extension of AUDIO_EXTENSIONS) expect(extension).toMatch(/^[a-z0-9]+$/);
  });

  test("gives no beginning to two formats", () => {
    const marks = Object.values(DECODERS).flatMap(({ signatures }) =>
      signatures.map((s) => JSON.stringify(s)),
    );
    expect(new Set(marks).size).toBe(marks.length);
  });

  test.for(Object.keys(ENTRIES) as AudioFormat["id"][])(
    "declares for %s the packages that its code imports, and no other",
    async (id) => {
      const declared = DECODERS[id].decoders.flatMap(({ package: name, name: built }) =>
        name === null ? (built === "FAAD2" ? ["FAAD2"] : []) : [name],
      );
      expect((await importedBy(ENTRIES[id])).sort()).toEqual(declared.sort());
    },
  );

  test.for(packages)("names of %s the version that package.json asks for, and its licence", (name) => {
    const { dependencies } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const { version, license } = installed(name);
    expect(dependencies[name]).toBe(version);
    const licences = sources.filter((source) => source.package === name).map(({ licence }) => licence);
    for (const licence of licences) expect(licence.split(" AND ")).toContain(license);
  });

  test("is what docs/decoding.md shows", async () => {
    const docs = readFileSync(DOCS, "utf8");
    const [before, rest = ""] = docs.split(BEGIN);
    const after = rest.slice(rest.indexOf(END));
    await expect(`${before}${BEGIN}${await formatTable()}${after}`).toMatchFileSnapshot(DOCS);
  });
});

/** The packages that a family's own files import, and FAAD2 where they reach it. */
async function importedBy(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(PROJECT, `src/worker/decode/${entry}.ts`)],
    absWorkingDir: PROJECT,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
  });
  const own = Object.entries(metafile.inputs).filter(([path]) => path.startsWith("src/"));
  const paths = own.flatMap(([path, { imports }]) => [path, ...imports.map((found) => found.path)]);
  const found = paths.flatMap((path) => {
    if (path.startsWith("src/worker/faad2/")) return ["FAAD2"];
    return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [];
  });
  return [...new Set(found)];
}
