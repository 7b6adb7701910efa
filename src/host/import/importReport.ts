/** What an import of an earlier database does, or would do, as a document and in a sentence. Free of `vscode`. */
import type { ImportSummary } from "../../shared/earlier";
import { importSentences, leftOutRows, skippedRows } from "../../shared/importText";
import { markdownTable } from "../markdownTable";

/** Markdown: what was found, what is skipped, which values are left out. */
export function importReport(name: string, summary: ImportSummary): string {
  const { isPreview } = summary;
  const skipped = skippedRows(summary);
  const leftOut = leftOutRows(summary);
  const sections = [
    `# ${isPreview ? "What would be imported from" : "Imported from"} ${name}`,
    importSentences(summary)
      .map((sentence) => `- ${sentence}`)
      .join("\n"),
    ...(skipped.length > 0
      ? ["## Files skipped", markdownTable([["Files", "Reason", "As there"], ...skipped])]
      : []),
    ...(leftOut.length > 0
      ? ["## Values left out", markdownTable([["Files", "Name there", "Reason"], ...leftOut])]
      : []),
    "Imported results are marked as such; the next analysis of a file replaces its result.",
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Files that are here, whether or not their result comes over. */
export function filesFound({ imported, failed, skipped }: ImportSummary): number {
  const known = skipped.find(({ reason }) => reason === "alreadyAnalyzed")?.count ?? 0;
  return imported + failed + known;
}

/** Whether the folder of the music may have to be said. */
export function lacksFiles({ skipped, mapping }: ImportSummary): boolean {
  return mapping !== null || skipped.some(({ reason }) => reason === "noSuchFile");
}
