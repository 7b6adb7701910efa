// Compiles src/analysis/dsp/kernel.as (AssemblyScript) and writes its WebAssembly to kernelBytes.ts beside it:
// node scripts/build-kernel.mjs. The compiler is fetched by npx, for it is needed only when the kernel changes.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const COMPILER = "assemblyscript@0.28.20";
const folder = ".tsbuild/kernel";
mkdirSync(folder, { recursive: true });
copyFileSync("src/analysis/dsp/kernel.as", `${folder}/kernel.ts`);
execFileSync(
  "npx",
  [
    ...["--yes", "-p", COMPILER, "asc", `${folder}/kernel.ts`, "-o", `${folder}/kernel.wasm`],
    ...["-O3", "--converge", "--noAssert", "--runtime", "stub", "--enable", "simd", "--initialMemory", "1"],
  ],
  { stdio: "inherit" },
);
const text = readFileSync(`${folder}/kernel.wasm`).toString("base64");
writeFileSync(
  "src/analysis/dsp/kernelBytes.ts",
  `/** WebAssembly of kernel.as, in base64: made by scripts/build-kernel.mjs with ${COMPILER}. */
export const KERNEL_BYTES =
  "${text}";
`,
);
