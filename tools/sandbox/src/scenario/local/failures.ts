import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { edit } from "../../edit";
import { expectEqual, report } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { step } from "../../progress";
import { fairleadLocal, localUp } from "./command";

/** A service that fails, and what is said of it. */
interface Failure {
  /** The program, in Node. */
  program: string;
  /** Beside what each manifest has. */
  manifest?: string;
  /** All of it. */
  says: RegExp[];
}

const serve = (address: string, port: string) =>
  `require("node:http").createServer((_, response) => response.end("ok")).listen(${port}, "${address}");`;

/** Services that are brought up together: what is wrong is told together. */
const failing: Record<string, Failure> = {
  "exits-with-1": {
    program: 'console.error("the configuration has no section for this environment"); process.exit(1);',
    says: [/exits-with-1 ended with exit code 1/, /no section for this environment/],
  },
  "needs-more-memory": {
    program: "const all = []; setInterval(() => all.push(Buffer.alloc(64 * 1024 * 1024, 1)), 20);",
    says: [/needs-more-memory ended with exit code 137.*\(out-of-memory-task\)/],
  },
  "listens-elsewhere": {
    program: serve("0.0.0.0", "9999"),
    says: [/listens-elsewhere .*nothing listens on its containerPort 3000; it listens on 0\.0\.0\.0:9999.*\(wrong-port\)/],
  },
  "listens-for-itself": {
    program: serve("127.0.0.1", "process.env.PORT"),
    says: [/listens-for-itself .*listens on 127\.0\.0\.1:3000 alone.*\(loopback\)/],
  },
  "is-not-healthy": {
    program: serve("0.0.0.0", "process.env.PORT"),
    manifest:
      "containerHealthCheck:\n  command: [CMD, node, -e, \"console.log('the queue is full'); process.exit(1)\"]\n  intervalSeconds: 5\n  timeoutSeconds: 4\n  retries: 1\n",
    says: [/is-not-healthy is not healthy.*the queue is full.*\(container-health-check\)/],
  },
  "asks-for-db": {
    // The guide's second failure: Compose's name for a database, which nothing has on Fargate.
    program: 'require("node:dns").lookup("db", (error) => { throw error; });',
    says: [
      /asks-for-db ended with exit code 1.*asks for db, a name that nothing has here or on ECS.*\(unresolvable-name\)/,
      /uses: \[\{ name: accounts \}\].*ACCOUNTS_HOST/,
      /getaddrinfo ENOTFOUND db/,
    ],
  },
  "writes-to-its-image": {
    program: 'require("node:fs").writeFileSync("/app/cache.json", "{}");',
    says: [/writes-to-its-image ended with exit code 1.*\(read-only-file-system\)/, /EROFS/],
  },
  "fills-the-disk": {
    program: 'require("node:fs").writeFileSync("/dev/shm/all", Buffer.alloc(80 * 1024 * 1024));',
    says: [/fills-the-disk ended with exit code 1.*\(disk-full\)/, /ENOSPC/],
  },
};

/** Failures that everybody meets, had for real: each is told with its cause. */
export async function checkFailures(engine: ComposeEngine, checkout: string): Promise<void> {
  await checkNoEngine(engine, checkout);
  await checkMissingSecret(engine, checkout);
  await checkTakenPort(engine, checkout);
  await checkMigration(engine, checkout);
  for (const [name, failure] of Object.entries(failing)) writeService(checkout, name, failure);
  const names = Object.keys(failing);
  const { status, stderr } = await step(`fairlead local up of ${names.length} services that fail`, () =>
    localUp(engine, checkout, ...names),
  );
  expectEqual("an environment that fails ends with 1", status, 1);
  for (const [name, { says }] of Object.entries(failing)) {
    const missing = says.filter((pattern) => !pattern.test(stderr)).map(String);
    expectEqual(`${name}: is told with its cause`, missing, []);
  }
  report(stderr.slice(-6000));
  const reset = await fairleadLocal(engine, checkout, "reset");
  expectEqual("and all of it goes", reset.status, 0);
  for (const name of names) rmSync(join(checkout, "apps", name), { recursive: true });
}

function writeService(checkout: string, name: string, { program, manifest = "" }: Failure): void {
  const folder = join(checkout, "apps", name);
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "src/main.js"), `${program}\n`);
  writeFileSync(
    join(folder, "Dockerfile"),
    'FROM public.ecr.aws/docker/library/node:22-bookworm-slim\nWORKDIR /app\nCOPY src ./src\nUSER node\nCMD ["node", "src/main.js"]\n',
  );
  const text = `name: ${name}\nowner: shop\nversion: 1.0.0\ncontainerPort: 3000\ncpu: 256\nmemoryMiB: 512\nroutes:\n  - path: /${name}\n${manifest}`;
  writeFileSync(join(folder, "service.yaml"), text);
}

async function checkNoEngine(engine: ComposeEngine, checkout: string): Promise<void> {
  const words = [process.execPath, join(checkout, "tools/fairlead/bin/fairlead.js"), "local", "up"];
  const { status, stderr } = await engine.run(words, { cwd: checkout, env: { DOCKER_HOST: "unix:///nowhere/docker.sock" } });
  expectEqual(
    "Docker that does not run is told, and what to do",
    [status, /FL2701/.test(stderr), /Start the engine/.test(stderr)],
    [1, true, true],
  );
}

async function checkMissingSecret(engine: ComposeEngine, checkout: string): Promise<void> {
  const undo = edit(
    join(checkout, "apps/web/service.yaml"),
    (text) => `${text}secrets:\n  SESSION_KEY:\n    ssm: /shop/session-key\n  SEARCH_TOKEN:\n    ssm: /shop/search-token\n`,
  );
  const { status, stderr } = await localUp(engine, checkout);
  expectEqual(
    "secrets that nobody filled in are told, all of them",
    [status, /FL2702/.test(stderr), /SESSION_KEY/.test(stderr), /SEARCH_TOKEN/.test(stderr), /local\.secrets\.env/.test(stderr)],
    [1, true, true, true, true],
  );
  undo();
}

/** Something of the machine's has the port where people look first. */
async function checkTakenPort(engine: ComposeEngine, checkout: string): Promise<void> {
  const other = engine.spawn(
    [process.execPath, "-e", 'require("net").createServer().listen(8080, "127.0.0.1", () => console.log("listening"))'],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  await new Promise((resolve) => other.stdout!.once("data", resolve));
  const { status, stdout } = await step("fairlead local up, where its port is taken", () => localUp(engine, checkout, "web"));
  expectEqual("a port that others have is left to them", [status, /^http:\/\/localhost:8081\/$/m.test(stdout)], [0, true]);
  other.kill();
}

async function checkMigration(engine: ComposeEngine, checkout: string): Promise<void> {
  const file = join(checkout, "apps/accounts-migration/migrations/999-wrong.sql");
  writeFileSync(file, "ALTER TABLE nobody ADD COLUMN email text;\n");
  const { status, stderr } = await step("fairlead local up, with a migration that fails", () => localUp(engine, checkout));
  const said = [/accounts-migration ended with exit code 1/, /relation .{1,2}nobody.{1,2} does not exist/].map((pattern) =>
    pattern.test(stderr),
  );
  expectEqual(
    "a migration that fails is told, and nothing starts that waits for it",
    [status, said, /api is up/.test(stderr)],
    [1, [true, true], false],
  );
  rmSync(file);
}
