import { defineConfig } from "vitest/config";

const define = { APP_VERSION: JSON.stringify("0.0.0-test") };

export default defineConfig({
  define,
  test: {
    projects: [
      { define, test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 30_000 } },
      {
        define,
        test: { name: "accuracy", include: ["test/accuracy/**/*.test.ts"], testTimeout: 120_000 },
      },
      {
        // Whole processes over the built dist/; one file at a time, because some measure memory.
        define,
        test: {
          name: "cli",
          include: ["test/cli/**/*.test.ts"],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        define,
        test: {
          name: "workbench",
          include: ["test/workbench/**/*.test.ts"],
          globalSetup: ["test/workbench/globalSetup.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
