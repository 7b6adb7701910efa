import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  {
    ignores: [
      "dist/",
      ".tsbuild/",
      "**/node_modules/",
      "test-results/",
      "**/*.mjs",
      "**/*.cjs",
      "**/.playlista/",
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // The editor's API returns Thenable, which the rule passes over by default.
      "@typescript-eslint/no-floating-promises": ["error", { checkThenables: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers in messages are the rule here, not a slip.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `while (true)` with a return inside reads better than its alternatives.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    // File names reach notifications, where the editor would read links in them: notify.ts takes those out.
    files: ["src/host/**"],
    ignores: ["src/host/notify.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$/]:not(:has(Property[key.name='modal']))",
          message: "Use notify.ts: names in the text must not become links.",
        },
      ],
    },
  },
  {
    // Compiled code multiplies where interpreted code asks the library: the last bit would depend on the moment.
    files: ["src/analysis/**", "src/worker/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "BinaryExpression[operator='**']:matches([right.value=2], [right.value=0.5])",
          message: "Write x * x or Math.sqrt(x): x ** 2 differs in the last bit once it is compiled.",
        },
      ],
    },
  },
  // Vitest's expect(object.method) reads a method without calling it.
  { files: ["test/**"], rules: { "@typescript-eslint/unbound-method": "off", "no-console": "off" } },
);
