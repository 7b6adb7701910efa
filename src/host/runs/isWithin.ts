/** Whether one absolute path is another or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  if (!path.startsWith(folder)) return false;
  const next = path.at(folder.length);
  return next === undefined || next === "/" || next === "\\" || /[\\/]$/.test(folder);
}
