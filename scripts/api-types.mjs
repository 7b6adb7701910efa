// Writes the types of what others use: api.d.ts (the extension's API) and playlista.d.ts (the Node module), each one
// file that needs no other of ours. Usage: node scripts/api-types.mjs [FOLDER, by default dist]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateDtsBundle } from "dts-bundle-generator";

const folder = process.argv[2] ?? "dist";
const entries = { "api.d.ts": "src/host/api/PlaylistaApi.ts", "playlista.d.ts": "src/playlista.ts" };

/** A list of all measurements with their texts is no type that anybody reads: what types follow from stays. */
function withNamesOnly(text) {
  const [block = ""] = /^declare const MEASUREMENTS: \{\n[^]*?\n\};\n/m.exec(text) ?? [];
  const entries = [...block.matchAll(/^\treadonly (\w+): \{$([^]*?)^\t\};$/gm)];
  if (entries.length === 0) throw new Error("The list of measurements was not found.");
  const lines = entries.map(([, name, body]) => {
    const onRequest = /^\t\treadonly onRequest: true;$/m.exec(body)?.[0].trim() ?? "";
    return `\treadonly ${name}: { ${onRequest} };\n`;
  });
  return text.replace(block, `declare const MEASUREMENTS: {\n${lines.join("")}};\n`);
}

/** Who uses a store has no use for the database below it, nor for its package's types. */
const withoutDatabase = (text) =>
  text.replace(/^import \{ Database \} from 'sql\.js';$/m, "type Database = unknown;");

// The generator's hints are about names that it keeps to itself.
console.warn = console.error = console.log = () => undefined;
const texts = generateDtsBundle(
  Object.values(entries).map((filePath) => ({ filePath, output: { noBanner: true }, noCheck: true })),
  { preferredConfigPath: "src/tsconfig.json" },
);
mkdirSync(folder, { recursive: true });
Object.keys(entries).forEach((name, i) => {
  writeFileSync(join(folder, name), withoutDatabase(withNamesOnly(texts[i] ?? "")));
});
