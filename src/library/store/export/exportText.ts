/** What a query finds as text in one of the formats, a piece at a time: memory does not grow with the library. */
import type { Analysis } from "../../../shared/analysis";
import type { Exported, ExportFormat } from "../../../shared/engineProtocol";
import type { Store } from "../Store";
import { csvHead, csvText } from "./csvText";
import { m3uEntry, m3uHead } from "./m3uText";

const PAGE = 100;

export interface TextOptions {
  format: ExportFormat;
  /** The folder that a playlist lies in, absolute. */
  folder: string;
  /** A playlist's name. */
  name: string;
}

/** The text of tracks in the order of their ids; `count` is told of each piece. */
export async function* exportText(
  store: Pick<Store, "byIds" | "withSegments">,
  ids: readonly number[],
  options: TextOptions,
  count: Exported,
): AsyncGenerator<string> {
  if (options.format === "csv") yield csvHead();
  if (options.format === "m3u8") yield m3uHead(options.name);
  for (let at = 0; at < ids.length; at += PAGE) {
    const found = await store.byIds(ids.slice(at, at + PAGE));
    const entries = await piecesOf(store, found, options);
    const written = entries.filter((entry) => entry !== null);
    count.leftOut += entries.length - written.length;
    count.written += written.length;
    yield written.join("");
  }
}

async function piecesOf(
  store: Pick<Store, "withSegments">,
  found: readonly Analysis[],
  { format, folder }: TextOptions,
): Promise<(string | null)[]> {
  switch (format) {
    case "csv":
      return found.map((analysis) => csvText([analysis]));
    case "m3u8":
      return found.map((analysis) => m3uEntry(analysis, folder));
    case "jsonl": {
      const lines: string[] = [];
      for (const analysis of found) lines.push(`${JSON.stringify(await store.withSegments(analysis))}\n`);
      return lines;
    }
  }
}
