/** The process that reads: takes one question, answers it row by row from a copy of its own, and ends. */
import { Worker } from "node:worker_threads";
import type { SqlValue } from "sql.js";
import type { StoreLocation } from "../../../shared/engineProtocol";
import { loadStore } from "../loadStore";
import { StoreError } from "../StoreError";
import { StoreFiles } from "../StoreFiles";
import { isMore, refusal } from "./readOnly";

export interface SqlQuestion {
  store: StoreLocation;
  sql: string;
  /** 0: all. */
  maxRows: number;
}

export type ReaderSays =
  | { type: "columns"; columns: string[] }
  | { type: "rows"; rows: SqlValue[][] }
  | { type: "end"; isCut: boolean }
  /** The question is wrong, or cannot be answered by this database. */
  | { type: "problem"; message: string }
  | { type: "storeError"; code: StoreError["code"]; message: string };

/** Rows told at once. */
const BATCH = 500;
/** Cells may be large: of so many characters an answer is long enough for any use but an export. */
const MAX_SIZE = 200_000_000;

/** As the process hears it. */
export type TimedQuestion = SqlQuestion & { limitMs: number };

/** What keeps an eye on the process: in a question without an end it hears neither its channel nor its clock. */
const WATCH = `
const parent = process.ppid;
const end = () => process.kill(process.pid, "SIGKILL");
setInterval(() => process.ppid !== parent && end(), 1000);
setTimeout(end, Math.min(require("node:worker_threads").workerData, 2 ** 31 - 1));
`;
/** For who asked to end it first, and say why. */
const GRACE_MS = 5000;

function watchOver({ limitMs }: TimedQuestion): void {
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 };
  const watch = new Worker(WATCH, { eval: true, workerData: limitMs + GRACE_MS, resourceLimits: limits });
  watch.on("error", () => undefined);
  watch.unref();
}

/** Waits for the question; the process ends with its answer, or with whoever asked. */
export function answerQuestion(): void {
  process.once("disconnect", () => process.exit());
  process.once("message", (question) => {
    watchOver(question as TimedQuestion);
    void answer(question as TimedQuestion).finally(() => {
      process.disconnect();
    });
  });
}

async function answer({ store, sql, maxRows }: SqlQuestion): Promise<void> {
  try {
    const problem = refusal(sql);
    if (problem !== null) {
      await say({ type: "problem", message: problem });
      return;
    }
    const { database } = await loadStore(new StoreFiles(store.database));
    database.run("PRAGMA query_only = 1");
    const statements = database.iterateStatements(sql);
    const { value: statement } = statements.next() as { value: ReturnType<typeof database.prepare> };
    if (isMore(statements.getRemainingSQL())) {
      await say({ type: "problem", message: "Only one statement is answered at a time." });
      return;
    }
    await say({ type: "columns", columns: statement.getColumnNames() });
    await tellRows(statement, maxRows === 0 ? Infinity : maxRows);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof StoreError) await say({ type: "storeError", code: error.code, message });
    // What SQLite says is about the question; nothing else can happen to a copy.
    else await say({ type: "problem", message: `SQLite says: ${message}.` });
  }
}

async function tellRows(statement: { step(): boolean; get(): SqlValue[] }, maxRows: number): Promise<void> {
  let [rows, told, size]: [SqlValue[][], number, number] = [[], 0, 0];
  while (statement.step()) {
    if (told + rows.length >= maxRows || size > MAX_SIZE) {
      await say({ type: "rows", rows });
      await say({ type: "end", isCut: true });
      return;
    }
    const row = statement.get();
    for (const cell of row)
      size += 8 + (typeof cell === "string" || cell instanceof Uint8Array ? cell.length : 0);
    rows.push(row);
    if (rows.length < BATCH) continue;
    await say({ type: "rows", rows });
    told += rows.length;
    rows = [];
  }
  await say({ type: "rows", rows });
  await say({ type: "end", isCut: false });
}

/** Resolves when it is on its way, so that a slow listener is not overrun. */
function say(message: ReaderSays): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => {
      resolve();
    });
  });
}
