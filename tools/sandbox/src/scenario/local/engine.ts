import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expectEqual } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { run as runProgram } from "../../machine/run";
import { inSandbox } from "../../paths";
import { step } from "../../progress";
import { engineEnvironment } from "./engineEnvironment";

/** That the engine does what environments on one machine ask of it: networks, names, limits, health, builds, and that nothing is left. */
export async function checkEngine(engine: ComposeEngine): Promise<void> {
  const folder = inSandbox("engine-environment");
  rmSync(folder, { recursive: true, force: true });
  await makeCertificates(join(folder, "tls"));
  writeFileSync(join(folder, "compose.json"), JSON.stringify(engineEnvironment(join(folder, "tls")), undefined, 2));
  const docker = (...words: string[]) => engine.run(["docker", ...words], { cwd: folder });
  const compose = (...words: string[]) => docker("compose", "-f", "compose.json", ...words);
  const said = async (...words: string[]) => {
    const { status, stdout, stderr } = await compose(...words);
    return status === 0 ? stdout.trim() : `${status}: ${`${stdout}\n${stderr}`.trim().slice(-1500)}`;
  };
  const once = (service: string, ...words: string[]) => said("run", "--rm", "--quiet-pull", service, ...words);

  const builds = await step("Images of web and api by docker compose build", () =>
    said("--progress=plain", "build", "--quiet", "web-image", "api-image"),
  );
  expectEqual("docker compose build, with packages from npm", builds, "");
  expectEqual(
    "up: all are healthy, and the migration went before",
    await step("docker compose up --wait", () => said("up", "-d", "--wait", "--quiet-pull")),
    "",
  );
  const asked = (url: string) => engine.run(["node", "-e", `fetch("${url}").then((a) => a.text()).then(console.log)`]);
  expectEqual("a published port answers on 127.0.0.1", (await asked("http://127.0.0.1:8080/")).stdout.trim(), "from web");
  expectEqual("haproxy hands on to web", (await asked("http://127.0.0.1:8081/")).stdout.trim(), "from web");
  await checkNames(once, said);
  await checkLimits(docker, compose, once);
  const query = ["exec", "-T", "database", "psql", "-U", "shop", "-d", "orders", "-tAc"];
  const rows =
    "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM pg_roles WHERE rolname = 'reader'), current_setting('max_connections')";
  expectEqual("Postgres has the migration's table, the role of its first start, and its argument", await said(...query, rows), "0|1|20");
  expectEqual("the emulator of AWS answers the CLI", await once("make-queue"), "http://aws:4566/123456789012/orders");
  const began = Date.now();
  await docker("stop", "--time", "10", "engine-api-network-1");
  expectEqual("a pause container ends as it is told to", Date.now() - began < 5000, true);
  await step("docker compose down --volumes", () => said("--profile", "*", "down", "--volumes"));
  const left = await Promise.all([
    docker("ps", "-aq"),
    docker("network", "ls", "-q", "--filter", "type=custom"),
    docker("volume", "ls", "-q"),
  ]);
  expectEqual(
    "down leaves no container, network or volume",
    left.map(({ stdout }) => stdout),
    ["", "", ""],
  );
}

type Once = (service: string, ...words: string[]) => Promise<string>;

async function checkNames(once: Once, said: (...words: string[]) => Promise<string>): Promise<void> {
  const ask = "fetch('http://api.dev.internal:3000').then((a) => a.text()).then(console.log, ({ cause }) => console.log(cause.code))";
  expectEqual("a name on a network that both are on", await once("caller", "node", "-e", ask), "from api");
  expectEqual("a name on a network that one is not on", await once("stranger", "node", "-e", ask), "ENOTFOUND");
  const local = "fetch('http://127.0.0.1:3000').then((a) => a.text()).then(console.log)";
  expectEqual("localhost is that of the task", await said("exec", "-T", "api", "node", "-e", local), "from api");
  const own = "require('dns').lookup('api', (e) => console.log(e?.code))";
  expectEqual("a service in another's network has no name", await once("caller", "node", "-e", own), "ENOTFOUND");
}

type Docker = (...words: string[]) => ReturnType<ComposeEngine["run"]>;

async function checkLimits(docker: Docker, compose: Docker, once: Once): Promise<void> {
  const { status } = await compose("run", "--name", "engine-greedy", "greedy");
  const { stdout } = await docker("inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", "engine-greedy");
  await docker("rm", "engine-greedy");
  expectEqual("more memory than mem_limit", [status, stdout.trim()], [137, "137 true"]);
  const write = "try { require('fs').writeFileSync('/x', '') } catch (e) { console.log(e.code) }";
  expectEqual("read_only", await once("reader", "node", "-e", write), "EROFS");
  const health = await docker("inspect", "--format", "{{.State.Health.Status}} {{.HostConfig.NetworkMode}}", "engine-api-1");
  expectEqual(
    "a health check, in the network of another container",
    /^healthy container:[0-9a-f]{64}$/.test(health.stdout.trim()) || health,
    true,
  );
}

/** Of a server, signed by itself. */
async function makeCertificates(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, `${name}.pem`);
  const subject = ["-subj", "/CN=cache", "-addext", "subjectAltName=DNS:cache,IP:127.0.0.1", "-days", "2"];
  await runProgram("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", file("key"), ...subject, "-out", file("cert")]);
  await runProgram("cp", [file("cert"), file("ca-cert")]);
  await runProgram("chmod", ["0644", file("key")]);
}
