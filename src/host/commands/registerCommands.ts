/** Ties each declared command to its body: one that is missing here does not compile. */
import * as vscode from "vscode";
import { registerCommand } from "../contributions";
import type { CommandHandler } from "../contributions";
import { COMMANDS } from "../manifest";
import type { CommandName } from "../manifest";
import { analyzeAudio } from "./analyzeAudio";
import { analyzeWorkspace } from "./analyzeWorkspace";
import { cancelAnalysis } from "./cancelAnalysis";
import { cancelFile } from "./cancelFile";
import { copyPath } from "./copyPath";
import { copyValues } from "./copyValues";
import { exportLibrary } from "./exportLibrary";
import { forgetFailures, removeMissing } from "./forgetTracks";
import { groupLibrary } from "./groupLibrary";
import { importConf } from "./importConf";
import { importEarlier } from "./importEarlier";
import { loadMore } from "./loadMore";
import { backUpLibrary, checkLibrary, compactLibrary } from "./maintainLibrary";
import { openAnalysis } from "./openAnalysis";
import { pauseAnalysis, resumeAnalysis } from "./pauseAnalysis";
import { querySql } from "./querySql";
import { reanalyzeAudio } from "./reanalyzeAudio";
import { removeFromLibrary } from "./removeFromLibrary";
import { retryFailed } from "./retryFailed";
import { revealInExplorer } from "./revealInExplorer";
import { clearFilter, searchLibrary } from "./searchLibrary";
import type { Services } from "./Services";
import { showDatabaseFile } from "./showDatabaseFile";
import { showFailed } from "./showFailed";
import { showLog } from "./showLog";
import { showRun } from "./showRun";
import { verifyThreads } from "./verifyThreads";

/** Registers all commands for the life of the window. */
export function registerCommands(services: Services): vscode.Disposable {
  const handlers: Record<CommandName, CommandHandler> = {
    "playlista.analyzeAudio": analyzeAudio(services),
    "playlista.analyzeWorkspace": analyzeWorkspace(services),
    "playlista.reanalyzeAudio": reanalyzeAudio(services),
    "playlista.cancelAnalysis": cancelAnalysis(services),
    "playlista.pauseAnalysis": pauseAnalysis(services),
    "playlista.resumeAnalysis": resumeAnalysis(services),
    "playlista.cancelFile": cancelFile(services),
    "playlista.retryFailed": retryFailed(services),
    "playlista.showRun": showRun(services),
    "playlista.showFailed": showFailed(services),
    "playlista.showLog": showLog(services),
    "playlista.openAnalysis": openAnalysis(),
    "playlista.revealInExplorer": revealInExplorer,
    "playlista.copyPath": copyPath,
    "playlista.copyValues": copyValues(services),
    "playlista.removeFromLibrary": removeFromLibrary(services),
    "playlista.loadMore": loadMore(services),
    "playlista.searchLibrary": searchLibrary(services),
    "playlista.clearFilter": clearFilter(services),
    "playlista.groupLibrary": groupLibrary(services),
    "playlista.exportLibrary": exportLibrary(services),
    "playlista.querySql": querySql(services),
    "playlista.backUpLibrary": backUpLibrary(services),
    "playlista.checkLibrary": checkLibrary(services),
    "playlista.compactLibrary": compactLibrary(services),
    "playlista.removeMissing": removeMissing(services),
    "playlista.forgetFailures": forgetFailures(services),
    "playlista.showDatabaseFile": showDatabaseFile(services),
    "playlista.verifyThreads": verifyThreads(services),
    "playlista.importConf": importConf(services),
    "playlista.importEarlier": importEarlier(services),
  };
  return vscode.Disposable.from(
    ...COMMANDS.map((name) => registerCommand(name, handlers[name], services.channel.log)),
  );
}
