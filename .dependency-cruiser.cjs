/** The walls of docs/architecture.md. Each place may import only what its line names. */
const places = {
  shared: [],
  analysis: ["shared"],
  worker: ["analysis", "shared"],
  library: ["shared"],
  engine: ["library", "shared"],
  cli: ["library", "shared"],
  host: ["shared"],
  webview: ["shared"],
};

const walls = Object.entries(places).map(([place, allowed]) => ({
  name: `${place}-imports-only-${allowed.join("-") || "nothing"}`,
  severity: "error",
  from: { path: `^src/${place}/` },
  to: { path: "^src/", pathNot: `^src/(${[place, ...allowed].join("|")})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...walls,
    {
      name: "only-host-knows-vscode",
      severity: "error",
      from: { path: "^(src|test)/", pathNot: "^src/(host/|extension\\.ts)" },
      to: { path: "^vscode$|@types/vscode" },
    },
    {
      name: "extension-imports-host-and-shared",
      severity: "error",
      from: { path: "^src/extension\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(host|shared)/" },
    },
    {
      name: "sound-and-words-use-the-language-only",
      severity: "error",
      from: { path: "^src/(shared|analysis)/" },
      to: { dependencyTypes: ["core", "npm", "npm-dev"] },
    },
    {
      name: "nothing-ships-tests-or-tools",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|scripts)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-dev-package-ships",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "@types/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "resolvable",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true, pathNot: "^vscode$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.tsbuild)/|^esbuild\\.mjs$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".d.ts", ".js", ".mjs", ".cjs", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
