/** VS Code itself, where a desktop has it or can download it. */
import { downloadAndUnzipVSCode } from "@vscode/test-electron";

/** VSCODE_EXECUTABLE if it is set, else a downloaded VS Code, kept in `.vscode-test`. */
export async function desktopExecutable(): Promise<string> {
  return process.env["VSCODE_EXECUTABLE"] ?? downloadAndUnzipVSCode();
}
