/** Where a store's files lie, beside its database, and the folder's own .gitignore. */
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";

export class StoreFiles {
  readonly database: string;
  readonly folder: string;
  readonly lock: string;
  readonly owner: string;
  /** The default name: whatever lies there is ours to set aside. */
  readonly isOurName: boolean;
  /** The folder of waveforms. */
  readonly views: string;

  constructor(database: string) {
    const name = basename(database, extname(database));
    this.database = database;
    this.folder = dirname(database);
    this.lock = join(this.folder, `${name}.lock`);
    this.owner = join(this.folder, `${name}.owner.json`);
    // A database that lies elsewhere under a name of its own must not share a folder "views" with others.
    this.isOurName = basename(database) === "library.sqlite";
    this.views = join(this.folder, this.isOurName ? "views" : `${name}.views`);
  }

  view(sha256: string): string {
    return join(this.views, `${sha256}.bin`);
  }

  /** Makes the folders. Only our own `.playlista` gets a .gitignore: other folders are the user's. */
  async make(): Promise<void> {
    await mkdir(this.views, { recursive: true });
    if (basename(this.folder) !== ".playlista") return;
    try {
      await writeFile(join(this.folder, ".gitignore"), "*\n", { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
