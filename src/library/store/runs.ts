/** The list of runs: what was asked of each, what came of it and with which settings; the last ones only. */
import type { Database } from "sql.js";
import type { RunSummary } from "../../shared/engineProtocol";
import type { Operation } from "./operations";
import { count, shape, text } from "./paramChecks";
import { selectRows } from "./trackQueries";

/** How many runs are remembered. */
export const MAX_RUNS = 1000;

/** Times are ISO 8601. */
export interface EndedRun extends Pick<
  RunSummary,
  "asked" | "succeeded" | "failed" | "unchanged" | "cancelled"
> {
  startedAt: string;
  endedAt: string;
  /** Version of the program. */
  app: string;
  /** JSON. */
  settings: string;
}

export const isEndedRun = shape<EndedRun>({
  ...{ startedAt: text, endedAt: text, app: text, settings: text },
  ...{ asked: count, succeeded: count, failed: count, unchanged: count, cancelled: count },
});

/** Adds a run, once however often it is asked for, and drops the oldest. */
export function keepRun(database: Database, { startedAt, endedAt, ...rest }: EndedRun): Operation[] {
  const sql = "SELECT id FROM runs WHERE started_at = ? AND ended_at = ? AND asked = ?";
  if (selectRows(database, sql, [startedAt, endedAt, rest.asked]).length > 0) return [];
  const tooMany = selectRows(database, "SELECT id FROM runs ORDER BY id DESC LIMIT -1 OFFSET ?", [
    MAX_RUNS - 1,
  ]);
  const { asked, succeeded, failed, unchanged, cancelled, app, settings } = rest;
  return [
    {
      kind: "put",
      table: "runs",
      row: {
        ...{ started_at: startedAt, ended_at: endedAt, app, settings },
        ...{ asked, succeeded, failed, unchanged, cancelled },
      },
    },
    ...tooMany.map(({ id }): Operation => ({ kind: "delete", table: "runs", key: { id: Number(id) } })),
  ];
}
