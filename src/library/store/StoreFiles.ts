/** Where a store's files lie, beside its database, and the folder's own .gitignore. */
import { lstat, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { realDisk, type Disk } from "./disk";
import { removeTemporaries } from "./replaceFile";
import { StoreError } from "./StoreError";

/** A copy of a database (backup.ts) and what belongs to it. */
const COPY = /^\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z-.+\.(sqlite|journal)$/;
const VIEW = /^[0-9a-f]{64}\.bin$/;

/** The default name of a database: whatever lies there is ours to set aside. */
export function isOurName(database: string): boolean {
  return basename(database) === "library.sqlite";
}

export class StoreFiles {
  readonly database: string;
  /** What has changed since the database file was written (journalFormat.ts). */
  readonly journal: string;
  readonly folder: string;
  readonly lock: string;
  readonly owner: string;
  /** The folder of views (views.ts). */
  readonly views: string;
  /** The folder of copies (backup.ts). */
  readonly backups: string;
  readonly disk: Disk;

  constructor(database: string, disk: Disk = realDisk) {
    const name = basename(database, extname(database));
    this.disk = disk;
    this.database = database;
    this.folder = dirname(database);
    this.journal = join(this.folder, `${name}.journal`);
    this.lock = join(this.folder, `${name}.lock`);
    this.owner = join(this.folder, `${name}.owner.json`);
    this.backups = join(this.folder, "backups");
    // A database that lies elsewhere under a name of its own must not share a folder "views" with others.
    this.views = join(this.folder, isOurName(database) ? "views" : `${name}.views`);
  }

  /**
   * The view's file, or null for what is no SHA-256: a database may come from elsewhere, and its texts must
   * not name files outside our folder.
   */
  view(sha256: string): string | null {
    const name = `${sha256}.bin`;
    return VIEW.test(name) ? join(this.views, name) : null;
  }

  /**
   * Makes the folders, and throws StoreError where a link leads out of them: what lies at its other end is not
   * ours to write or remove. Only our own `.playlista` gets a .gitignore: other folders are the user's.
   */
  async make(): Promise<void> {
    const isOwnFolder = basename(this.folder) === ".playlista";
    if (isOwnFolder) await refuseLink(this.folder);
    await refuseLink(this.views);
    await refuseLink(this.backups);
    await mkdir(this.views, { recursive: true });
    if (!isOwnFolder) return;
    try {
      await writeFile(join(this.folder, ".gitignore"), "*\n", { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }

  /** Removes what died processes left half written; only the holder of the write lock may ask. */
  async removeTemporaries(): Promise<void> {
    const ours = new Set([basename(this.database), basename(this.journal), basename(this.owner)]);
    await removeTemporaries(this.folder, (name) => ours.has(name));
    await removeTemporaries(this.views, (name) => VIEW.test(name));
    await removeTemporaries(this.backups, (name) => COPY.test(name));
  }
}

async function refuseLink(folder: string): Promise<void> {
  let isLink: boolean;
  try {
    isLink = (await lstat(folder)).isSymbolicLink();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (!isLink) return;
  const message = `${folder} is a link; results are only kept in a folder of their own. Put a folder in its place.`;
  throw new StoreError("cannotWrite", message);
}
