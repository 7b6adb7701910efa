/**
 * Every name that package.json contributes, written once and with its type. Registering, reading and setting
 * take only these names; a test compares them with package.json both ways. Free of `vscode`, so that the test
 * can read it.
 */
import type { ExecutorKind } from "../shared/engineProtocol";
import { LIMITS, type AnalysisLimits } from "../shared/limits";

/** All commands. */
export const COMMANDS = [
  "playlista.analyzeAudio",
  "playlista.analyzeWorkspace",
  "playlista.reanalyzeAudio",
  "playlista.cancelAnalysis",
  "playlista.pauseAnalysis",
  "playlista.resumeAnalysis",
  "playlista.cancelFile",
  "playlista.retryFailed",
  "playlista.showRun",
  "playlista.showFailed",
  "playlista.showLog",
  "playlista.openAnalysis",
  "playlista.revealInExplorer",
  "playlista.copyPath",
  "playlista.copyValues",
  "playlista.removeFromLibrary",
  "playlista.loadMore",
  "playlista.searchLibrary",
  "playlista.clearFilter",
  "playlista.groupLibrary",
  "playlista.exportLibrary",
  "playlista.querySql",
  "playlista.backUpLibrary",
  "playlista.checkLibrary",
  "playlista.compactLibrary",
  "playlista.removeMissing",
  "playlista.forgetFailures",
  "playlista.showDatabaseFile",
  "playlista.verifyThreads",
  "playlista.importConf",
  "playlista.importEarlier",
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** The activity-bar container of both views. */
export const VIEW_CONTAINER = "playlista";

/** The views of the container. */
export const VIEWS = { library: "playlista.library", activity: "playlista.activity" } as const;

/** View type of the analysis page. */
export const ANALYSIS_EDITOR = "playlista.analysis";

/** Id of the one status bar item. */
export const STATUS_ITEM = "playlista.status";

/** Context keys that `when` clauses read, with the type of their value. */
export interface ContextValues {
  /** A run is searching, waiting or analysing. */
  "playlista.running": boolean;
  /** The run that goes on is paused. */
  "playlista.paused": boolean;
  /** Some store has failed files. */
  "playlista.hasFailed": boolean;
  /** The library has been looked at and holds nothing: before that, nothing is said about it. */
  "playlista.libraryEmpty": boolean;
  /** A database could not be read. */
  "playlista.libraryUnreadable": boolean;
  /** The Library shows only what a query finds. */
  "playlista.libraryFiltered": boolean;
}
export const CONTEXT_KEYS = [
  "playlista.running",
  "playlista.paused",
  "playlista.hasFailed",
  "playlista.libraryEmpty",
  "playlista.libraryUnreadable",
  "playlista.libraryFiltered",
] as const satisfies readonly (keyof ContextValues)[];

/** `viewItem` values of the trees' rows. */
export const ITEM_KINDS = {
  store: "store",
  folder: "folder",
  group: "group",
  track: "track",
  failedTrack: "track.failed",
  more: "more",
  run: "run",
  activeFile: "activeFile",
  failedGroup: "failedGroup",
} as const;

/** What a setting may hold, and what it is without the user's word. */
export type SettingDeclaration =
  | { type: "string"; choices: readonly string[]; default: string; scope: SettingScope }
  | { type: "integer"; minimum: number; maximum: number; default: number; scope: SettingScope }
  | { type: "boolean"; default: boolean; scope: SettingScope }
  | { type: "array"; default: readonly string[]; scope: SettingScope };
type SettingScope = "machine-overridable" | "resource";

function limit(name: keyof AnalysisLimits): SettingDeclaration & { type: "integer" } {
  const { maximum, default: standard } = LIMITS[name];
  return { type: "integer", minimum: 0, maximum, default: standard, scope: "resource" };
}

const EXECUTORS = ["threads", "processes", "sequential"] as const satisfies readonly ExecutorKind[];

/** What happens by itself when audio files come or change. */
export type OnChange = "nothing" | "analyze";
const ON_CHANGE = ["nothing", "analyze"] as const satisfies readonly OnChange[];

/** Where a folder's results are kept. */
export type DatabasePlace = "workspace" | "storage";
const DATABASE_PLACES = ["workspace", "storage"] as const satisfies readonly DatabasePlace[];

/** All settings. */
export const SETTINGS = {
  "playlista.analysis.executor": {
    type: "string",
    choices: EXECUTORS,
    default: "threads",
    scope: "machine-overridable",
  },
  "playlista.analysis.workers": {
    type: "integer",
    minimum: 0,
    maximum: 64,
    default: 0,
    scope: "machine-overridable",
  },
  "playlista.analysis.timeoutSeconds": {
    type: "integer",
    minimum: 10,
    maximum: 86_400,
    default: 300,
    scope: "machine-overridable",
  },
  "playlista.analysis.maxRetries": {
    type: "integer",
    minimum: 0,
    maximum: 100,
    default: 3,
    scope: "resource",
  },
  "playlista.analysis.onChange": {
    type: "string",
    choices: ON_CHANGE,
    default: "nothing",
    scope: "resource",
  },
  "playlista.analysis.maxFileSizeMB": limit("maxFileSizeMB"),
  "playlista.analysis.maxDurationHours": limit("maxDurationHours"),
  "playlista.analysis.maxChannels": limit("maxChannels"),
  "playlista.analysis.maxSampleRate": limit("maxSampleRate"),
  "playlista.analysis.essentia": { type: "boolean", default: false, scope: "resource" },
  "playlista.files.exclude": { type: "array", default: [], scope: "resource" },
  "playlista.database.location": {
    type: "string",
    choices: DATABASE_PLACES,
    default: "workspace",
    scope: "resource",
  },
} as const satisfies Record<string, SettingDeclaration>;
export type SettingName = keyof typeof SETTINGS;
