import { execFile, execFileSync, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { onPath } from "../onPath";
import { toolchainFolder } from "../paths";
import { unpackDebian } from "./debian";

const packages = ["postgresql-15", "postgresql-client-15", "libpq5", "libicu72", "libldap-2.5-0", "libsasl2-2", "libxml2", "libllvm14"];

/** Programs of PostgreSQL, and what they need to be found. */
interface Programs {
  folder: string;
  env: NodeJS.ProcessEnv;
}

/** The machine's PostgreSQL, or Debian's. */
async function providePostgres(): Promise<Programs> {
  const installed = "/usr/lib/postgresql";
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
  const own = versions.map((version) => join(installed, version, "bin")).find((folder) => existsSync(join(folder, "initdb")));
  if (own) return { folder: own, env: process.env };
  const initdb = onPath("initdb");
  if (initdb) return { folder: join(initdb, ".."), env: process.env };
  const unpacked = join(toolchainFolder, "postgresql-15");
  if (!existsSync(unpacked)) await unpackDebian(packages, unpacked);
  const libraries = join(unpacked, "usr/lib", `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`);
  return { folder: join(unpacked, "usr/lib/postgresql/15/bin"), env: { ...process.env, LD_LIBRARY_PATH: libraries } };
}

/** PostgreSQL does not run as root: root is somebody else to it in a namespace of its own. */
const unprivileged = process.getuid?.() === 0 ? ["unshare", "--user", "--map-user=1000", "--map-group=1000"] : [];

/** Who logs in, and to what. */
export interface Login {
  user: string;
  /** None for the superuser. */
  password?: string;
  database: string;
}

/** A PostgreSQL of its own, which answers at a socket alone. As at RDS, the superuser is nobody's, and everybody else needs a password. */
export class PostgresServer {
  static readonly superuser = "rdsadmin";
  private readonly folder = mkdtempSync(join(tmpdir(), "postgres-"));
  private constructor(
    private readonly programs: Programs,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(): Promise<PostgresServer> {
    let end = () => Promise.resolve();
    const server = new PostgresServer(await providePostgres(), () => end());
    const data = join(server.folder, "data");
    const command = (program: string, args: string[]) => [...unprivileged, join(server.programs.folder, program), ...args];
    const [initdb, ...initArgs] = command("initdb", ["-D", data, "-U", PostgresServer.superuser, "--auth=trust"]);
    execFileSync(initdb!, initArgs, { env: server.programs.env, stdio: "pipe" });
    appendFileSync(
      join(data, "postgresql.conf"),
      `listen_addresses = ''\nunix_socket_directories = '${server.folder}'\nlog_statement = 'all'\n`,
    );
    writeFileSync(join(data, "pg_hba.conf"), `local all ${PostgresServer.superuser} trust\nlocal all all scram-sha-256\n`);
    const [postgres, ...args] = command("postgres", ["-D", data]);
    const child = spawn(postgres!, args, { env: server.programs.env, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (text: Buffer) => (server.log += text.toString()));
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    end = async () => {
      child.kill("SIGINT");
      await ended;
    };
    for (let tries = 0; !server.log.includes("ready to accept connections"); tries++) {
      if (child.exitCode !== null || tries > 300) throw new Error(`PostgreSQL did not start:\n${server.log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return server;
  }

  /** What it logged: each statement, as it came. */
  log = "";

  /** Logs in, runs statements, and returns the rows, `|` between their columns. */
  async run({ user, password = "", database }: Login, sql: string): Promise<string> {
    const psql = promisify(execFile)(
      join(this.programs.folder, "psql"),
      ["-h", this.folder, "-U", user, "-d", database, "-v", "ON_ERROR_STOP=1", "-XAtq", "-f", "-"],
      { env: { ...this.programs.env, PGPASSWORD: password } },
    );
    psql.child.stdin!.end(sql);
    return (await psql).stdout.trim();
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
