/**
 * Runs this very program again in child processes that answer jobs one by one, so that a heap that only grows,
 * a hang or a crash costs one answer and nothing else.
 */
import { fork, type ChildProcess } from "node:child_process";

/** Makes a program a child: the name of the role follows. */
const CHILD = "--child";
const JOB_TIMEOUT_MS = 300_000;

/** What a child does with a job; both are sent as JSON. */
export type Role = (job: string) => Promise<unknown>;

/** In a child: answers jobs until the parent goes, and is never done. Elsewhere false at once. */
export async function servesAsChild(
  roles: Readonly<Record<string, () => Role | Promise<Role>>>,
): Promise<boolean> {
  const [flag, name = ""] = process.argv.slice(2);
  if (flag !== CHILD) return false;
  const role = await roles[name]?.();
  if (!role) throw new Error(`no role "${name}"`);
  process.on("message", (job) => {
    void role(String(job)).then((answer) => process.send?.({ answer: answer ?? null }));
  });
  // Whoever ends the parent ends what it runs.
  process.on("disconnect", () => {
    process.exit();
  });
  process.send?.("ready");
  return true;
}

export interface ChildrenOptions {
  role: string;
  /** As many children at a time. */
  lanes: number;
  /** A child is replaced after so many jobs. */
  jobsPerChild: number;
}

/** The answer to each job, in order; null where the child died or took too long. */
export async function askChildren<Answer>(
  jobs: readonly string[],
  options: ChildrenOptions,
  onAnswer: (index: number, answer: Answer | null) => void = () => undefined,
): Promise<(Answer | null)[]> {
  const answers: (Answer | null)[] = jobs.map(() => null);
  let next = 0;
  const lane = async (): Promise<void> => {
    let child: ChildProcess | null = null;
    let asked = 0;
    for (let index = next++; index < jobs.length; index = next++) {
      if (child && (asked >= options.jobsPerChild || !child.connected)) {
        child.kill();
        child = null;
      }
      if (!child) {
        child = await startChild(options.role);
        asked = 0;
      }
      const answer = (await ask(child, jobs[index] ?? "")) as Answer | null;
      asked++;
      answers[index] = answer;
      onAnswer(index, answer);
    }
    child?.kill();
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
  return answers;
}

async function startChild(role: string): Promise<ChildProcess> {
  const [, script = ""] = process.argv;
  const child = fork(script, [CHILD, role], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => {
      resolve();
    });
    child.once("exit", () => {
      reject(new Error(`a child for ${role} could not start`));
    });
  });
  child.removeAllListeners("exit");
  return child;
}

function ask(child: ChildProcess, job: string): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), JOB_TIMEOUT_MS);
    const end = (answer: unknown): void => {
      clearTimeout(timer);
      child.removeAllListeners("message");
      child.removeAllListeners("exit");
      resolve(answer);
    };
    child.once("message", (message: { answer: unknown }) => {
      end(message.answer);
    });
    child.once("exit", () => {
      end(null);
    });
    child.send(job);
  });
}
