/** The read-only custom editor "Playlista": makes a page for each open audio file. */
import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as vscode from "vscode";
import { ANALYSIS_EDITOR } from "../manifest";
import { AnalysisPage } from "./AnalysisPage";
import type { AnalysisPageSources } from "./AnalysisPage";
import { pageHtml } from "./pageHtml";

export interface AnalysisEditorOptions extends AnalysisPageSources {
  /** Folder of the built page. */
  dist: vscode.Uri;
}

export class AnalysisEditor implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  readonly #options: AnalysisEditorOptions;
  readonly #pages = new Set<AnalysisPage>();
  readonly #registration: vscode.Disposable;

  constructor(options: AnalysisEditorOptions) {
    this.#options = options;
    this.#registration = vscode.window.registerCustomEditorProvider(ANALYSIS_EDITOR, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    // The document is only an address: the page asks for what is stored when it is shown.
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const { dist } = this.#options;
    const folder = vscode.Uri.joinPath(uri, "..");
    webview.options = { enableScripts: true, localResourceRoots: [dist, folder] };
    const page = new AnalysisPage(uri, webview, this.#options);
    this.#pages.add(page);
    panel.onDidDispose(() => {
      this.#pages.delete(page);
      page.dispose();
    });
    webview.html = pageHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, "view.js")).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, "view-style.css")).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("hex"),
      title: path.basename(uri.fsPath),
    });
  }

  /** Shows again what is known, in all open pages: another process has changed a database. */
  refresh(): void {
    for (const page of this.#pages) void page.refresh();
  }

  dispose(): void {
    this.#registration.dispose();
    for (const page of this.#pages) page.dispose();
  }
}
