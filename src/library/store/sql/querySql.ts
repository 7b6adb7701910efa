/**
 * SQL for the curious. SQLite in WASM cannot be interrupted and cannot be told to refuse a table or a function, so each
 * question is answered by a process of its own, from its own copy of the files: what it does to its memory ends with
 * it, it can be ended at any time, and neither the engine nor a run waits for it.
 */
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { SqlValue } from "sql.js";
import { StoreError } from "../StoreError";
import type { ReaderSays, SqlQuestion, TimedQuestion } from "./answerQuestion";

/** The built process, beside the running bundle. */
const READER_FILE = join(__dirname, "sqlReader.js");

export interface SqlOptions {
  /** The question's process is ended after so long. */
  timeoutMs: number;
  onColumns: (columns: string[]) => void;
  onRows: (rows: SqlValue[][]) => void;
  signal?: AbortSignal | undefined;
}

/** Whether there are more rows than were asked for; or why there is no answer. */
export type SqlEnd = { isCut: boolean; problem: null } | { isCut: false; problem: string };

/** Throws StoreError where the database cannot be read, or the signal's reason. */
export async function querySql(question: SqlQuestion, options: SqlOptions): Promise<SqlEnd> {
  options.signal?.throwIfAborted();
  const child = fork(READER_FILE, [], { execArgv: [], serialization: "advanced" });
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs);
  const abort = (): void => {
    child.kill("SIGKILL");
  };
  options.signal?.addEventListener("abort", abort);
  const start = performance.now();
  try {
    const end = await hear(child, question, options);
    if (end) return end;
    options.signal?.throwIfAborted();
    const isLate = performance.now() - start >= options.timeoutMs;
    const seconds = Math.round(options.timeoutMs / 1000);
    const problem = isLate
      ? `No answer within ${seconds} s; the question was given up.`
      : "The process that reads has died; the question may need more memory than there is.";
    return { isCut: false, problem };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
  }
}

/** Resolves when the process has ended; null when it said no last word. */
function hear(child: ChildProcess, question: SqlQuestion, options: SqlOptions): Promise<SqlEnd | null> {
  return new Promise((resolve, reject) => {
    let end: SqlEnd | null = null;
    child.on("message", (message) => {
      const said = message as ReaderSays;
      if (said.type === "columns") options.onColumns(said.columns);
      else if (said.type === "rows") options.onRows(said.rows);
      else if (said.type === "end") end = { isCut: said.isCut, problem: null };
      else if (said.type === "problem") end = { isCut: false, problem: said.message };
      else reject(new StoreError(said.code, said.message));
    });
    child.once("error", reject);
    child.once("close", () => {
      resolve(end);
    });
    const timed: TimedQuestion = { ...question, limitMs: options.timeoutMs };
    child.send(timed, (error) => {
      if (error) reject(error);
    });
  });
}
