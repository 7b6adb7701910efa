/** What a program of Node gets from `require("playlista")`: the analysis and its library without an editor. */
import { join, resolve } from "node:path";
import { SharedStore } from "./library/store/sharing/SharedStore";
import type { Store } from "./library/store/Store";

export { AnalysisManager } from "./library/AnalysisManager";
export { ParallelAnalyzer } from "./library/queue/ParallelAnalyzer";
export type { AnalyzeFilesOptions, ManagerOptions } from "./library/AnalysisManager";
export type { AnalyzerOptions, ProcessFilesOptions } from "./library/queue/ParallelAnalyzer";
export type { Store } from "./library/store/Store";
export type { Analysis } from "./shared/analysis";
export type { RunSummary } from "./shared/engineProtocol";

/**
 * The store of a folder, the one that the editor shows for it by default: `.playlista/library.sqlite`, made with the
 * first result. Close it at the end.
 */
export function openStore(folder: string): Promise<Store> {
  const root = resolve(folder);
  const database = join(root, ".playlista", "library.sqlite");
  return SharedStore.open({ database, root }, { user: "command line" });
}
