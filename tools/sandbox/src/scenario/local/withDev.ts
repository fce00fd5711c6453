import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { installSessionPlugin } from "@fairlead/cli/testing/sessionPlugin";

import { edit } from "../../edit";
import { expectEqual } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { inSandbox } from "../../paths";
import { step } from "../../progress";
import { fairleadLocal } from "./command";

/** What stands for the api of dev, which answers with what no other api has. */
const deployedApi = `require("node:http").createServer((request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(request.url === "/api/users" ? [{ id: 1, name: "Grace of dev" }] : []));
}).listen(0, "127.0.0.1", function () { console.log(this.address().port) })`;

/** `local up web --with-dev`: web runs here, and the api that it calls is that of a scripted account, by a program in the place of AWS's plugin. */
export async function checkWithDev(engine: ComposeEngine, checkout: string): Promise<void> {
  const undo = edit(
    join(checkout, "apps/api/service.yaml"),
    (text) => `${text}enableExecuteCommand: true\nreadonlyRootFilesystem: false\n`,
  );
  const tools = inSandbox("session-plugin");
  rmSync(tools, { recursive: true, force: true });
  const started: ChildProcess[] = [];
  const start = (argv: string[], env: NodeJS.ProcessEnv = {}) => {
    const child = engine.spawn(argv, { cwd: checkout, stdio: ["ignore", "pipe", "inherit"], env });
    started.push(child);
    return child;
  };
  try {
    const port = await lineOf(start([process.execPath, "-e", deployedApi]), /^\d+$/m);
    installSessionPlugin(tools, { 3000: Number(port) });
    const account = join(checkout, "tools/fairlead/testing/deployedDev.ts");
    const address = await lineOf(start([process.execPath, "-r", "@fairlead/transpile/register", account]), /^http:.*$/m);
    const env = {
      AWS_ENDPOINT_URL: address,
      AWS_ACCESS_KEY_ID: "KEY",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_EC2_METADATA_DISABLED: "true",
      PATH: [tools, engine.variables.PATH].join(delimiter),
    };
    const fairlead = join(checkout, "tools/fairlead/bin/fairlead.js");
    const up = start([process.execPath, fairlead, "local", "up", "web", "--with-dev", "--yes", "--timeout", "900"], env);
    const page = await step("fairlead local up web --with-dev", () => lineOf(up, /^http:\/\/localhost:\d+\/$/m));
    await checkRunning(engine, page);
    const wasOpen = isSessionOpen(tools);
    up.kill("SIGINT");
    const [status] = (await once(up, "close")) as [number];
    expectEqual("Ctrl-C ends it, and the session with it", [wasOpen, status, isSessionOpen(tools)], [true, 130, false]);
    expectEqual("and all of it goes", (await fairleadLocal(engine, checkout, "reset")).status, 0);
  } finally {
    for (const child of started) child.kill();
    undo();
  }
}

async function checkRunning(engine: ComposeEngine, page: string): Promise<void> {
  const docker = async (...words: string[]) => (await engine.run(["docker", ...words])).stdout.trim();
  const asked = await engine.run([process.execPath, "-e", `fetch("${page}").then((a) => a.text()).then(console.log)`]);
  expectEqual("web's page shows what the api of dev says", asked.stdout.includes("Grace of dev"), true);
  const services = await docker("ps", "--format", '{{.Label "com.docker.compose.service"}}');
  expectEqual("the api is not started here, nor what it uses", services.split("\n").sort(), [
    "api.deployed",
    "aws.load-balancer",
    "web",
    "web.network",
  ]);
  const id = await docker("ps", "--quiet", "--filter", "label=fairlead.deployed=api");
  const relay = await docker(
    "inspect",
    "--format",
    "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}} {{json .HostConfig.PortBindings}}",
    id,
  );
  const [ip, ports] = relay.split(" ");
  expectEqual("no port of the machine leads there", ports, "{}");
  const tries = `const s = require("net").connect({ host: "${ip}", port: 3000, timeout: 2000 });
    s.on("connect", () => (console.log("reached"), process.exit())); for (const e of ["error", "timeout"]) s.on(e, () => (console.log("not reached"), process.exit()))`;
  const node = "public.ecr.aws/docker/library/node:22-bookworm-slim";
  expectEqual("another container doesn't reach it", await docker("run", "--rm", node, "node", "-e", tries), "not reached");
  const own = await docker("ps", "--quiet", "--filter", "label=fairlead.task=web");
  expectEqual("web does", await docker("exec", own, "node", "-e", tries), "reached");
}

/** Whether a process of the plugin runs. Each tells its id in a line. */
function isSessionOpen(tools: string): boolean {
  const lines = readFileSync(join(tools, "sessions"), "utf8").trim().split("\n");
  return lines.some((line) => existsSync(join("/proc", line.split(" ")[0]!)));
}

/** The first line of that form that a program writes. */
function lineOf(child: ChildProcess, form: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const [found] = form.exec(said) ?? [];
      if (found !== undefined && said.includes("\n")) resolve(found);
    });
    child.on("close", (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}
