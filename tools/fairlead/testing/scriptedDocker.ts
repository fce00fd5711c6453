import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** An answer of an engine's command line. */
export interface DockerAnswer {
  stdout?: string;
  stderr?: string;
  status?: number;
  /** A file that somebody writes meanwhile, and what is added to it. */
  writes?: { file: string; text: string };
}

/** A `docker` on the path that answers what a test says; what the real one does is the sandbox's to show. */
export class ScriptedDocker {
  private readonly folder = mkdtempSync(join(tmpdir(), "fairlead-docker-"));
  private readonly path = process.env.PATH;

  constructor() {
    const file = join(this.folder, "docker");
    const [answers, calls] = [join(this.folder, "answers.json"), join(this.folder, "calls")].map((path) => JSON.stringify(path));
    const program = `#!${process.execPath}
const words = process.argv.slice(2).join(" ");
const [, answer] = Object.entries(JSON.parse(require("node:fs").readFileSync(${answers}, "utf8"))).find(([pattern]) => new RegExp(pattern).test(words)) ?? [, {}];
require("node:fs").appendFileSync(${calls}, words + "\\n");
if (answer.writes) require("node:fs").appendFileSync(answer.writes.file, answer.writes.text);
process.stdout.write(answer.stdout ?? "");
process.stderr.write(answer.stderr ?? "");
process.exitCode = answer.status ?? 0;
`;
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(file, program);
    chmodSync(file, 0o755);
    process.env.PATH = `${this.folder}${delimiter}${this.path}`;
  }

  /** @param answers by what the words match; the first counts, and what none matches ends well without a word */
  answer(answers: Record<string, DockerAnswer>): void {
    const usual = {
      "^info": { stdout: JSON.stringify({ ServerVersion: "28.0.0", OSType: "linux", Architecture: "x86_64", NCPU: 2 }) },
      "^compose version": { stdout: "2.40.3\n" },
    };
    writeFileSync(
      join(this.folder, "answers.json"),
      JSON.stringify({ ...answers, ...Object.fromEntries(Object.entries(usual).filter(([key]) => !(key in answers))) }),
    );
  }

  /** The words of all calls so far. */
  calls(): string[] {
    return readFileSync(join(this.folder, "calls"), "utf8").split("\n").filter(Boolean);
  }

  remove(): void {
    process.env.PATH = this.path;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the engine says of a container, as it is asked for it; of a service that runs, where nothing else is told. */
export function engineContainer(told: object = {}): string {
  const usual = {
    id: "1",
    image: "",
    service: "web",
    network: "",
    restartPolicy: "no",
    restarts: 0,
    state: "running",
    health: "",
    exitCode: 0,
  };
  const all = { ...usual, outOfMemory: false, error: "", definition: "", startedAt: "", finishedAt: "", ...told };
  return `${JSON.stringify({ task: all.service, container: all.service, ...all })}\n`;
}

/** Answers of an engine in which the example's services run. */
export const exampleRuns: Record<string, DockerAnswer> = {
  "^ps --all": { stdout: "1\n" },
  "^inspect": {
    stdout: [
      engineContainer({ service: "accounts-migration", state: "exited" }),
      ...["api", "report-writer", "web"].map((service) => engineContainer({ service })),
    ].join(""),
  },
};
