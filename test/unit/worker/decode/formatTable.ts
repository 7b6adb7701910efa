/** The table of formats in docs/decoding.md, made from the registry and from what is installed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { AUDIO_FORMATS, type AudioFormat } from "../../../../src/shared/audioFormats";
import type { DecoderSource } from "../../../../src/worker/decode/decoderSources";
import { DECODERS } from "../../../../src/worker/decode/registry";
import type { AudioDecoder, Mark } from "../../../../src/worker/decode/stream";

const PROJECT = join(import.meta.dirname, "../../../..");
const HEADS = ["format", "extensions", "begins with", "decoders", "licences"];

/** The table in Markdown, as prettier leaves it. */
export async function formatTable(): Promise<string> {
  const rows = [HEADS, HEADS.map(() => "---"), ...AUDIO_FORMATS.map(rowOf)];
  const text = rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return format(text, { parser: "markdown", printWidth: 110 });
}

/** What the installed package says of itself. */
export function installed(name: string): { version: string; license: string } {
  const path = join(PROJECT, "node_modules", name, "package.json");
  return JSON.parse(readFileSync(path, "utf8")) as { version: string; license: string };
}

function rowOf({ id, label, extensions }: AudioFormat): string[] {
  const { decoders, signatures } = DECODERS[id];
  const licences = [...new Set(decoders.map(({ licence }) => licence))];
  return [
    label,
    extensions.join(", "),
    beginsWith(signatures),
    decoders.map(nameOf).join("; "),
    licences.join("; "),
  ];
}

function nameOf({ name, package: package_ }: DecoderSource): string {
  if (package_ !== null) return `${name} (${package_} ${installed(package_).version})`;
  return name === "FAAD2" ? `FAAD2 ${builtVersion()} (vendor/faad2)` : name;
}

/** Of what we build ourselves. */
function builtVersion(): string {
  const [, version = "?"] =
    /FAAD2 ([\d.]+)/.exec(readFileSync(join(PROJECT, "vendor/faad2/README.md"), "utf8")) ?? [];
  return version;
}

function beginsWith(signatures: AudioDecoder["signatures"]): string {
  if (signatures.length === 0) return "frames in a row";
  return signatures.map((marks) => marks.map(markText).join(" … ")).join(", ");
}

function markText({ text, at = 0 }: Mark): string {
  const isPlain = /^[\x20-\x7e]+$/.test(text);
  const bytes = Array.from(Buffer.from(text, "latin1"), (byte) => byte.toString(16).padStart(2, "0"));
  const shown = `\`${isPlain ? text : bytes.join(" ")}\``;
  return at > 0 ? `${shown} at ${at}` : shown;
}
