/** The result of a file that no worker could answer for. */
import type { Analysis, FileFacts } from "../../shared/analysis";
import { nothingMeasured, RESULT_SCHEMA } from "../../shared/analysis";
import type { FailureCode } from "../../shared/codes";

export interface Failure {
  path: string;
  code: FailureCode;
  message: string;
  /** What is known of the file, so that it is tried again when it changes. */
  file: FileFacts | null;
  appVersion: string;
}

export function failedAnalysis({ path, code, message, file, appVersion }: Failure): Analysis {
  return {
    path,
    state: "failed",
    error: { code, message, attempts: 1 },
    warnings: [],
    file,
    format: null,
    tags: null,
    ...nothingMeasured(),
    missing: {},
    versions: { app: appVersion, schema: RESULT_SCHEMA, measurements: {} },
    timing: { analyzedAt: new Date().toISOString(), decodeMs: null, analyzeMs: null, workerId: null },
  };
}
