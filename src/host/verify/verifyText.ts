/** What came of a verification, as a document and in a sentence. Free of `vscode`. */
import type { TreeMemory, VerifiedRun, VerifyReport } from "../../shared/verify";
import { markdownTable } from "../markdownTable";

/** More would hide the first. */
const MAX_FAULTS = 50;

/** True when nothing failed and nothing differs. */
export function hasPassed({ faults }: VerifyReport): boolean {
  return faults.length === 0;
}

/** One or two sentences. */
export function verdictText(report: VerifyReport): string {
  const { files, pairs, faults } = report;
  const values = pairs.reduce((sum, pair) => sum + pair.values, 0).toLocaleString("en");
  if (hasPassed(report)) {
    return `Threads, processes and one by one gave the same results: ${values} values of ${files.length} files compared, none differs.`;
  }
  const more = faults.length > 1 ? ` And ${faults.length - 1} more, see the report.` : "";
  return `The verification failed. ${faults[0] ?? ""}${more}`;
}

/** Markdown: verdict, times and memory, comparisons, what is wrong, files. */
export function verifyText(report: VerifyReport): string {
  const { files, runs, pairs, faults } = report;
  const shown = faults.slice(0, MAX_FAULTS).map((fault) => `- ${fault}`);
  if (faults.length > shown.length) shown.push(`- … and ${faults.length - shown.length} more`);
  const sections = [
    `# Verification of threaded analysis: ${hasPassed(report) ? "passed" : "FAILED"}`,
    verdictText(report),
    ...(runs.length > 0 ? ["## Runs", runTable(runs), noteOnMemory(runs)] : []),
    ...(pairs.length > 0 ? ["## Values compared", pairTable(report)] : []),
    ...(shown.length > 0 ? ["## What is wrong", shown.join("\n")] : []),
    "## Files",
    files.length > 0 ? files.map((file) => `- ${file}`).join("\n") : "None was found.",
  ];
  return sections.filter((section) => section !== "").join("\n\n") + "\n";
}

function runTable(runs: readonly VerifiedRun[]): string {
  return markdownTable([
    ["executor", "workers", "files", "failed", "seconds", "files/s", "memory (MB)"],
    ...runs.map(({ executor, workers, asked, failed, totalMs, peak }) => [
      executor,
      ...[workers, asked, failed].map(String),
      (totalMs / 1000).toFixed(1),
      (asked / (totalMs / 1000)).toFixed(2),
      memory(peak),
    ]),
  ]);
}

function memory(peak: TreeMemory | null): string {
  return peak === null ? "–" : (peak.pss / 1e6).toFixed(0);
}

function noteOnMemory(runs: readonly VerifiedRun[]): string {
  return runs.some(({ peak }) => peak !== null)
    ? "Each run had a process of its own. Memory is its highest, workers included, and what processes share is counted once."
    : "This system does not say how much memory processes share.";
}

function pairTable({ pairs }: VerifyReport): string {
  return markdownTable([
    ["threads and", "values", "differ"],
    ...pairs.map(({ other, values, differing }) => [other, String(values), String(differing)]),
  ]);
}
