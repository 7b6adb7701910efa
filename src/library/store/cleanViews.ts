/** Keeps the folder of views from growing for ever: what no result names goes, then what was longest not used. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Database } from "sql.js";
import type { StoreFiles } from "./StoreFiles";
import { hasContent } from "./trackChanges";

/** Views of some 50,000 songs; an analysis makes again what is asked for later. */
const MAX_VIEW_BYTES = 2 * 1024 ** 3;

/** A result that is on its way names its view only when it arrives. */
const MIN_AGE_MS = 60_000;

interface ViewFile {
  path: string;
  bytes: number;
  usedMs: number;
}

/** Resolves to the bytes that are free now. */
export async function cleanViews(
  files: StoreFiles,
  database: () => Database,
  maxBytes = MAX_VIEW_BYTES,
): Promise<number> {
  const views = await listViews(files);
  const wanted = (view: ViewFile): boolean => hasContent(database(), basename(view.path, ".bin"));
  const unwanted = views.filter((view) => !wanted(view));
  let kept = 0;
  for (const view of views.filter(wanted).sort((a, b) => b.usedMs - a.usedMs)) {
    kept += view.bytes;
    if (kept > maxBytes) unwanted.push(view);
  }
  for (const { path } of unwanted) await files.disk.remove(path);
  return unwanted.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function listViews(files: StoreFiles): Promise<ViewFile[]> {
  const youngest = Date.now() - MIN_AGE_MS;
  const views: ViewFile[] = [];
  for (const name of await readdir(files.views).catch(() => [])) {
    if (files.view(name.replace(/\.bin$/, "")) === null) continue;
    const path = join(files.views, name);
    const stats = await stat(path).catch(() => null);
    if (!stats?.isFile() || stats.mtimeMs > youngest) continue;
    views.push({ path, bytes: stats.size, usedMs: Math.max(stats.atimeMs, stats.mtimeMs) });
  }
  return views;
}
