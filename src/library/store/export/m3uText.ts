/**
 * Results as a list that players open: extended M3U in UTF-8, paths relative to the list's folder with "/", so that both
 * can be moved together.
 */
import { basename, isAbsolute, relative, sep } from "node:path";
import type { Analysis } from "../../../shared/analysis";

export function m3uHead(name: string): string {
  return `#EXTM3U\n#PLAYLIST:${oneLine(name)}\n`;
}

/** The two lines of a track in a list in `folder`; null for one that can't be played, or not be written in a line. */
export function m3uEntry(analysis: Analysis, folder: string): string | null {
  if (analysis.state === "failed" || /[\r\n]/.test(analysis.path)) return null;
  const { tags, format, path } = analysis;
  const seconds = format ? Math.round(format.duration) : -1;
  const title = tags?.title ?? basename(path);
  const name = tags?.artist ? `${tags.artist} - ${title}` : title;
  return `#EXTINF:${seconds},${oneLine(name)}\n${place(path, folder)}\n`;
}

/** On another drive there is no way from here. */
function place(path: string, folder: string): string {
  const way = relative(folder, path);
  if (isAbsolute(way)) return path;
  const written = way.split(sep).join("/");
  // A name may look like a remark, or begin with a blank that readers take off.
  return /^[#\s]/.test(written) ? `./${written}` : written;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
