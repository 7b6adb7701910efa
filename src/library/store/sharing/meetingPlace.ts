/**
 * Where the owner of a database and the other processes of the same user meet: a socket with a key beside it, in a
 * folder that nobody else can enter. Their name follows from the database's real path and from the number in the
 * owner's note, which may be anyone's and so never says a path.
 */
import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, realpath, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";

const IS_WINDOWS = process.platform === "win32";
/** A socket's path has 104 bytes on macOS, with its end. */
const MAX_PATH_BYTES = 100;
const KEY = ".key";

export interface MeetingPlace {
  /** What to listen on or connect to. */
  socket: string;
  /** The file with the secret that a client must show. */
  key: string;
}

/** Why processes can't meet; each then goes on by itself, and writers wait for each other. */
export class NoMeetingPlace extends Error {}

/** The place for a new owner, in the first folder that will do; throws NoMeetingPlace. */
export async function placeForOwner(database: string, id: string): Promise<MeetingPlace> {
  const reasons: string[] = [];
  for (const folder of candidates()) {
    try {
      await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting);
      await checkPrivate(folder);
      return await placeIn(folder, database, id);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new NoMeetingPlace(reasons.join("; "));
}

/** Where an owner of that number may be met: the processes need not have the same environment. */
export async function placesOfOwner(database: string, id: string): Promise<MeetingPlace[]> {
  const places: MeetingPlace[] = [];
  for (const folder of candidates()) {
    try {
      await checkPrivate(folder);
      places.push(await placeIn(folder, database, id));
    } catch {
      // No such folder, or one that is not to be trusted: nobody is met there.
    }
  }
  return places;
}

/** Removes what killed owners of this database left behind; a place where anybody listens stays. */
export async function removeDeadPlaces(database: string, own: MeetingPlace): Promise<void> {
  const folder = dirname(own.key);
  const prefix = `${await hashOf(database)}-`;
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && !name.endsWith(KEY));
  const keys = (await readdir(folder)).filter((name) => name.startsWith(prefix) && name.endsWith(KEY));
  for (const name of new Set([...names, ...keys.map((key) => key.slice(0, -KEY.length))])) {
    const place = { socket: socketOf(folder, name), key: join(folder, name + KEY) };
    if (place.key === own.key || (await isListening(place.socket))) continue;
    if (!IS_WINDOWS) await rm(place.socket, { force: true });
    await rm(place.key, { force: true });
  }
}

function candidates(): string[] {
  // By number: a user of a container need not have a name, and to ask for it throws then.
  const user = IS_WINDOWS ? userInfo().username : String(process.geteuid?.());
  const runtime = process.env["XDG_RUNTIME_DIR"];
  const temporary = join(tmpdir(), `playlista-${user}`);
  return runtime && isAbsolute(runtime) ? [join(runtime, "playlista"), temporary] : [temporary];
}

/** Windows keeps the temporary folder to its user by itself. */
async function checkPrivate(folder: string): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory()) throw new NoMeetingPlace(`${folder} is not a folder`);
  if (IS_WINDOWS) return;
  if (stats.uid !== process.geteuid?.()) throw new NoMeetingPlace(`${folder} belongs to another user`);
  if ((stats.mode & 0o077) !== 0)
    throw new NoMeetingPlace(`${folder} is open to other users (chmod 700 closes it)`);
}

async function placeIn(folder: string, database: string, id: string): Promise<MeetingPlace> {
  const name = `${await hashOf(database)}-${id}`;
  const socket = socketOf(folder, name);
  if (Buffer.byteLength(socket) > MAX_PATH_BYTES) throw new NoMeetingPlace(`${socket} is too long a path`);
  return { socket, key: join(folder, name + KEY) };
}

function socketOf(folder: string, name: string): string {
  return IS_WINDOWS ? `\\\\.\\pipe\\playlista-${name}` : join(folder, name);
}

/** By the folder's real path: the same library may be reached by several. */
async function hashOf(database: string): Promise<string> {
  const folder = await realpath(dirname(database)).catch(() => dirname(database));
  return createHash("sha256")
    .update(join(folder, basename(database)))
    .digest("hex")
    .slice(0, 12);
}

function isListening(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== "ECONNREFUSED" && code !== "ENOENT");
    });
  });
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
