import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");

/** A Pulumi project of one queue in a repository of its own, with this repository's packages and command. */
export class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), "fairlead-workflows-"));

  constructor(stack: string) {
    this.write("package.json", JSON.stringify({ name: "fixture", private: true }));
    this.write(".gitignore", "node_modules\n/found\n/comment.md\n/report.html\n");
    this.write("Pulumi.yaml", "name: fixture\nruntime: nodejs\nmain: stacks/index.js\nstackConfigDir: stacks\n");
    this.write(`stacks/Pulumi.${stack}.yaml`, "config:\n  aws:region: eu-west-1\n");
    // Each commit is planned by its own command.
    this.write("tools/fairlead/bin/fairlead.js", `require(${JSON.stringify(join(root, "tools/fairlead/bin/fairlead.js"))});\n`);
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    this.git("init", "--quiet", "--initial-branch=main");
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** Writes the program, with a queue of these properties, and commits it. */
  commitQueue(properties: object): string {
    this.write(
      "stacks/index.js",
      `const { sqs } = require("@pulumi/aws");\nmodule.exports = () => void new sqs.Queue("orders", ${JSON.stringify(properties)});\n`,
    );
    this.git("add", "--all");
    this.git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "--message", "orders");
    return this.git("rev-parse", "HEAD");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8" }).trim();
  }
}
