/** The log as every place sees it; where lines go is decided by each place's entry file. */
type LogLevel = "debug" | "info" | "warn" | "error";

export interface LogLine {
  level: LogLevel;
  /** Component, so that a user can search for one: "parallel_analyzer", "store", "engine". */
  scope: string;
  message: string;
}

export type Log = (level: LogLevel, scope: string, message: string) => void;
