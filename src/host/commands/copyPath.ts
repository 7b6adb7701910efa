/** "Copy Path": the picked rows' paths, one a line. */
import * as vscode from "vscode";
import type { CommandHandler } from "../contributions";
import { pickedUris } from "../picked";

export const copyPath: CommandHandler = async (first, all) => {
  const paths = pickedUris(first, all).map((uri) => uri.fsPath);
  if (paths.length > 0) await vscode.env.clipboard.writeText(paths.join("\n"));
};
