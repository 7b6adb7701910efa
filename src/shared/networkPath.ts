/**
 * Paths by which Windows asks another machine (`\\host\share`) or a device (`\\?\`, `\\.\`): to look whether such a file
 * is there tells that machine who the user is. A library may come from anyone, so of such paths in it those alone
 * are looked at that lie in its own folder.
 */

/** Whether an absolute path leads over the network, or to a device, and not into this folder (absolute). */
export function isElsewhere(path: string, folder: string): boolean {
  const place = withBackslashes(path);
  if (!place.startsWith("\\\\")) return false;
  const isInside = place.startsWith(`${withBackslashes(folder).replace(/\\+$/, "")}\\`);
  return !isInside || place.split("\\").includes("..");
}

function withBackslashes(path: string): string {
  return path.replaceAll("/", "\\").toLowerCase();
}
