// Runs every check and every test, and ends with one line: "N passed, N failed".
// A test that was skipped or could not run counts as failed. `npm test -- unit cli` runs these parts only.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";

const CHECKS = ["format:check", "types", "lint", "walls", "dead", "build"];
const SUITES = ["unit", "accuracy", "cli", "workbench"];
const RESULTS = "test-results";

const asked = process.argv.slice(2);
const isAsked = (name) => asked.length === 0 || asked.includes(name);
const totals = { passed: 0, failed: 0 };
const failures = [];

function count(passed, failed, name) {
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) failures.push(`${name}: ${failed} failed`);
}

function timed(name, work) {
  const start = Date.now();
  console.log(`\n── ${name}`);
  const result = work();
  console.log(`── ${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
  return result;
}

/** Each failed test of a suite by file and name with the first line of why, so that the end of a long log says it. */
function failedTests(testResults) {
  return testResults.flatMap((file) => {
    const why = (messages) => messages?.join("\n").split("\n", 1)[0] ?? "";
    const path = relative(process.cwd(), file.name);
    const tests = file.assertionResults.filter((test) => test.status !== "passed");
    if (file.status === "failed" && tests.length === 0) return [`  ${path}: ${why([file.message])}`];
    return tests.map((test) => `  ${path}: ${test.fullName}: ${why(test.failureMessages)}`);
  });
}

function runCheck(name) {
  const { status } = timed(name, () =>
    spawnSync("npm", ["run", "--silent", name], { stdio: "inherit", shell: process.platform === "win32" }),
  );
  count(status === 0 ? 1 : 0, status === 0 ? 0 : 1, name);
}

function runSuite(name) {
  const report = join(RESULTS, `${name}.json`);
  rmSync(report, { force: true });
  const args = [
    "vitest",
    "run",
    "--project",
    name,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { status } = timed(name, () =>
    spawnSync("npx", ["--no-install", ...args], { stdio: "inherit", shell: process.platform === "win32" }),
  );
  try {
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    // A file that could not even be loaded has no tests to count.
    const notLoaded = testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    ).length;
    const failed = numTotalTests - numPassedTests + notLoaded;
    const nothingRan = numTotalTests === 0;
    count(numPassedTests, failed > 0 ? failed : status === 0 && !nothingRan ? 0 : 1, name);
    failures.push(...failedTests(testResults));
  } catch {
    count(0, 1, `${name} (no report)`);
  }
}

mkdirSync(RESULTS, { recursive: true });
for (const name of CHECKS.filter(isAsked)) runCheck(name);
for (const name of SUITES.filter(isAsked)) runSuite(name);
if (failures.length > 0) console.log(`\n${failures.join("\n")}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
