// Writes dist/NOTICE.txt: the licence of each package whose code is in the bundles. Called by esbuild.mjs.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Libraries compiled to WebAssembly inside a package, which its own licence file does not name. */
const COMPILED_IN = {
  "@audio/decode-ac3": "liba52 (GPL-2.0-or-later)",
  "@audio/decode-mpc": "libmpcdec (BSD-3-Clause)",
  "@audio/decode-wavpack": "libwavpack (BSD-3-Clause)",
  "@audio/decode-wma": "FFmpeg's decoders of WMA (LGPL-2.1-or-later)",
  "@wasm-audio-decoders/flac": "libFLAC (BSD-3-Clause)",
  "@wasm-audio-decoders/ogg-vorbis": "libvorbis and libogg (BSD-3-Clause)",
  "mpg123-decoder": "libmpg123 (LGPL-2.1)",
  "opus-decoder": "libopus (BSD-3-Clause)",
  "sql.js": "SQLite (public domain)",
  "essentia.js": "Essentia (AGPL-3.0)",
};

/** @param {import("esbuild").Metafile[]} metafiles */
export async function writeNotices(metafiles, target) {
  const folders = new Set();
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]);
  }
  const sections = await Promise.all([...folders].sort().map(section));
  sections.push(await vendored("vendor/faad2"));
  const head = "Playlista contains the following packages. Each is under its own licence.\n";
  await writeFile(target, [head, ...sections].join(`\n${"─".repeat(80)}\n`));
}

async function section(folder) {
  const { name, version, license, homepage } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const compiled = COMPILED_IN[name] ? `\nContains ${COMPILED_IN[name]}.` : "";
  // The AGPL's text ships as LICENSE already.
  const text = name === "essentia.js" ? "See LICENSE." : texts.join("\n").trim();
  return `${name} ${version} (${license})${homepage ? `\n${homepage}` : ""}${compiled}\n\n${text}\n`;
}

/** What is compiled by ourselves: its README names it and says what its authors want said. */
async function vendored(folder) {
  const [about, licence] = await Promise.all(
    ["README.md", "COPYING"].map((file) => readFile(join(folder, file), "utf8")),
  );
  return `${about.replace(/^# /, "").trim()}\n\n${licence.trim()}\n`;
}
