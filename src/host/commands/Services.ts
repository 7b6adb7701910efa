/** What commands work with. */
import type { EngineClient } from "../engine/EngineClient";
import type { LogChannel } from "../log";
import type { Reports } from "../Reports";
import type { RunController } from "../runs/RunController";
import type { Settings } from "../settings";
import type { FallBack } from "../stores/orInStorage";
import type { Stores } from "../stores/Stores";
import type { ActivityTree } from "../views/ActivityTree";
import type { FailedFiles } from "../views/FailedFiles";
import type { LibraryTree } from "../views/LibraryTree";

export interface Services {
  channel: LogChannel;
  engine: EngineClient;
  stores: Stores;
  fallBack: FallBack;
  settings: Settings;
  reports: Reports;
  runs: RunController;
  failed: FailedFiles;
  library: LibraryTree;
  activity: ActivityTree;
}
