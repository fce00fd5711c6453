import { copyFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** What the engine does. */
export interface Scenario {
  info?: object;
  /** Images that it has. */
  local?: string[];
  /** What it says of a load that fails. */
  load?: string;
  /** What it says of a start that fails. */
  start?: string;
  /** Of a container that ends at once. One without runs on. */
  state?: { ExitCode: number; OOMKilled: boolean; StartedAt: string; FinishedAt: string };
  /** Whether the call that waits for its end doesn't say so in time, as on a busy machine. */
  waitsForEver?: boolean;
  /** What the health check does. */
  check?: { status: number; output?: string };
  /** /proc/net/tcp of the container. */
  tcp?: string;
  /** Lines that it logged; those of standard error begin with `!`. */
  logs?: string[];
}

const info = { ServerVersion: "20.10.24", OSType: "linux", Architecture: "x86_64", NCPU: 2, MemoryLimit: true };

/** A `docker` of which the tests say what it does; it is the first of PATH until it is removed. */
export class FakeEngine {
  readonly folder = mkdtempSync(join(tmpdir(), "fairlead-engine-"));
  private readonly before = { PATH: process.env.PATH, FAKE_DOCKER: process.env.FAKE_DOCKER };

  constructor(scenario: Scenario = {}) {
    copyFileSync(join(__dirname, "fakeDocker.js"), join(this.folder, "docker"));
    chmodSync(join(this.folder, "docker"), 0o755);
    this.does(scenario);
    Object.assign(process.env, { PATH: [this.folder, process.env.PATH].join(delimiter), FAKE_DOCKER: this.folder });
  }

  does(scenario: Scenario): this {
    writeFileSync(join(this.folder, "scenario.json"), JSON.stringify({ info, ...scenario }));
    writeFileSync(join(this.folder, "calls"), "");
    return this;
  }

  /** The calls since the scenario began. */
  get calls(): { words: string[]; proxies: string[] }[] {
    return readFileSync(join(this.folder, "calls"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { words: string[]; proxies: string[] });
  }

  call(command: string): { words: string[]; proxies: string[] } | undefined {
    return this.calls.find(({ words }) => words[0] === command);
  }

  /** What a run left behind. */
  get leftovers(): string[] {
    return ["container", "image"].filter((name) => existsSync(join(this.folder, name)));
  }

  remove(): void {
    Object.assign(process.env, this.before);
    if (this.before.FAKE_DOCKER === undefined) delete process.env.FAKE_DOCKER;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
