/**
 * "Remove Missing Files…" and "Forget Failures…": forget results of files that are no longer on the disk, or that could
 * not be analysed. Asked first, with a copy of the database made before.
 */
import * as vscode from "vscode";
import type { Maintenance } from "../../shared/engineProtocol";
import type { CommandHandler } from "../contributions";
import { engineErrorCode } from "../engine/engineErrorCode";
import { notifyInformation, notifyWarning } from "../notify";
import { pickStore } from "../stores/pickStore";
import type { NamedStore } from "../stores/Stores";
import { isRefused } from "../trust";
import { maintainStore } from "./maintainLibrary";
import type { Services } from "./Services";

interface Forgetting {
  action: Maintenance & ("removeMissing" | "forgetFailures");
  title: string;
  /** Finds what would be forgotten. */
  query: string;
  none: string;
  question: (count: number) => string;
  detail: string;
}

export function removeMissing(services: Services): CommandHandler {
  return () =>
    forget(services, {
      action: "removeMissing",
      title: vscode.l10n.t("Remove Missing Files"),
      query: "missing:yes",
      none: vscode.l10n.t("Every file of the library is where it was."),
      question: (count) =>
        vscode.l10n.t("Remove the results of {0} files that are no longer on the disk?", count),
      detail: vscode.l10n.t("A copy of the library is made first. No audio file is touched."),
    });
}

export function forgetFailures(services: Services): CommandHandler {
  return () =>
    forget(services, {
      action: "forgetFailures",
      title: vscode.l10n.t("Forget Failures"),
      query: "state:failed",
      none: vscode.l10n.t("No file of the library has failed."),
      question: (count) => vscode.l10n.t("Forget that {0} files could not be analyzed?", count),
      detail: vscode.l10n.t(
        "They are tried again with the next analysis. A copy of the library is made first.",
      ),
    });
}

async function forget(services: Services, forgetting: Forgetting): Promise<void> {
  if (await isRefused()) return;
  const { action, title, none, question, detail } = forgetting;
  const store = await pickStore(services.stores, title);
  if (!store) return;
  const count = await countOf(services, store, forgetting.query);
  if (count === null) return;
  if (count === 0) {
    await notifyInformation(none);
    return;
  }
  const remove = vscode.l10n.t("Remove");
  const answer = await vscode.window.showWarningMessage(question(count), { modal: true, detail }, remove);
  if (answer !== remove) return;
  await maintainStore(services, store, action, title);
}

/** How many tracks a query finds; null, and said, where the disk can't be asked. */
async function countOf(
  { engine }: Services,
  { location }: NamedStore,
  query: string,
): Promise<number | null> {
  try {
    const params = { store: location, query, within: "", offset: 0, limit: 0 };
    return (await engine.request("search", params)).found?.total ?? null;
  } catch (error) {
    if ([null, "bug"].includes(engineErrorCode(error))) throw error;
    await notifyWarning((error as Error).message);
    return null;
  }
}
