/**
 * Watches the open folders for audio files that come, change or go. What is analysed unasked, if anything, lies in
 * folders that have a library already.
 */
import * as path from "node:path";
import * as vscode from "vscode";
import { AUDIO_EXTENSIONS, hasAudioExtension } from "../../shared/audioFormats";
import type { Log } from "../../shared/log";
import type { RunController } from "../runs/RunController";
import type { Settings } from "../settings";
import { hasDatabase, type Stores } from "../stores/Stores";
import type { LibraryTree } from "../views/LibraryTree";
import { FileChanges, type Change } from "./FileChanges";

export interface WatchOptions {
  stores: Stores;
  settings: Settings;
  runs: RunController;
  library: LibraryTree;
  log: Log;
}

/** Any case of each extension. */
const AUDIO = `**/*.{${AUDIO_EXTENSIONS.map(inAnyCase).join(",")}}`;

/** Listens for as long as the window lives. */
export function watchFolders(options: WatchOptions): vscode.Disposable {
  const { library, settings } = options;
  const changes = new FileChanges({
    onChangeOf: (file) => settings.onChangeFor(vscode.Uri.file(file)),
    look: (paths) => void library.lookAt(paths),
    analyze: (paths) => void analyzeUnasked(paths, options),
  });
  let watchers = watchAll(changes);
  return vscode.Disposable.from(
    changes,
    {
      dispose: () => {
        watchers.dispose();
      },
    },
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      watchers.dispose();
      watchers = watchAll(changes);
    }),
  );
}

function watchAll(changes: FileChanges): vscode.Disposable {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return vscode.Disposable.from(...folders.map(({ uri }) => watchFolder(uri, changes)));
}

function watchFolder(folder: vscode.Uri, changes: FileChanges): vscode.Disposable {
  const add = (uri: vscode.Uri, change: Change): void => {
    if (!isPassedOver(path.relative(folder.fsPath, uri.fsPath))) changes.add(uri.fsPath, change);
  };
  const audio = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, AUDIO));
  // Of a folder that comes or goes as a whole its files are not told.
  const all = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**"), false, true);
  return vscode.Disposable.from(
    audio,
    all,
    audio.onDidCreate((uri) => {
      add(uri, "there");
    }),
    audio.onDidChange((uri) => {
      add(uri, "there");
    }),
    all.onDidCreate((uri) => {
      if (!hasAudioExtension(uri.path)) add(uri, "made");
    }),
    all.onDidDelete((uri) => {
      add(uri, "gone");
    }),
  );
}

/** As in a search of the folder. */
function isPassedOver(below: string): boolean {
  return below.split(path.sep).some((name) => name.startsWith(".") || name === "node_modules");
}

function inAnyCase(extension: string): string {
  return extension.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

async function analyzeUnasked(paths: readonly string[], { stores, runs, log }: WatchOptions): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const known = await Promise.all(
    paths.map((file) => hasDatabase(stores.forUri(vscode.Uri.file(file)).location)),
  );
  const wanted = paths.filter((_, i) => known[i]);
  if (wanted.length === 0) return;
  log(
    "info",
    "host",
    `${wanted.length} files or folders came or changed: analyzing them (playlista.analysis.onChange)`,
  );
  await runs.analyze(wanted, { force: false, isUnasked: true });
}
