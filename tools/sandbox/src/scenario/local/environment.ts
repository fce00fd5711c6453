import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expectEqual, report } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { step } from "../../progress";
import { allOf, fairleadLocal, fetchFrom, localUp, patient } from "./command";
import { checkOtherCommit } from "./otherCommit";

/** The repository's own services, as somebody brings them up who has Docker alone. */
export async function checkEnvironment(engine: ComposeEngine, checkout: string): Promise<void> {
  const foreign = await makeForeign(engine);
  const began = performance.now();
  const up = await step("fairlead local up", () => localUp(engine, checkout));
  report(`The first \`up\`, with its builds: ${seconds(began)}`);
  expectEqual("local up brings all services up", [up.status, up.stderr.includes("FL27")], [0, false]);
  const [address = ""] = /^http:\/\/localhost:\d+\/$/m.exec(up.stdout) ?? [];
  const page = await fetchFrom(engine, address, "Ada Lovelace");
  expectEqual(
    "the load balancer's address has web's page, with what the api knows",
    [page.includes("Ada Lovelace"), page.includes("Users")],
    [true, true],
  );

  const before = await idsOf(engine);
  const beganAgain = performance.now();
  const again = await step("fairlead local up, with nothing changed", () => localUp(engine, checkout));
  report(`\`up\` with nothing changed: ${seconds(beganAgain)}`);
  expectEqual("it leaves every container as it is", [again.status, await idsOf(engine)], [0, before]);

  const test = await step("fairlead local test", () => fairleadLocal(engine, checkout, "test", ...patient));
  expectEqual(
    "a browser finds a report that went through queue and bucket",
    [test.status, /Tests: +1 passed/.test(test.stderr)],
    [0, true],
  );
  if (test.status !== 0) report(test.stderr.slice(-3000));

  await checkNames(engine, checkout);
  await checkOtherCommit(engine, checkout, address);
  await checkPlainCompose(engine, checkout);
  await checkDown(engine, checkout, foreign);
}

/** What is found and reached, asked from inside: what a security group refuses on AWS is refused here. */
async function checkNames(engine: ComposeEngine, checkout: string): Promise<void> {
  const ask = async (service: string, name: string) => {
    const program = `require("dns").lookup(${JSON.stringify(name)}, (error) => console.log(error ? error.message : "found"))`;
    const { stdout } = await fairleadLocal(engine, checkout, "exec", service, "--", "node", "-e", program);
    return stdout.trim();
  };
  expectEqual("web finds the api by the name that it has on AWS", await ask("web", "api.dev.internal"), "found");
  expectEqual("and by no other", await ask("web", "api"), "getaddrinfo ENOTFOUND api");
  expectEqual(
    "who doesn't call it finds it nowhere",
    await ask("report-writer", "api.dev.internal"),
    "getaddrinfo ENOTFOUND api.dev.internal",
  );
}

/** Whoever leaves us takes the file along. */
async function checkPlainCompose(engine: ComposeEngine, checkout: string): Promise<void> {
  const { status, stdout } = await fairleadLocal(engine, checkout, "config");
  const file = join(checkout, ".fairlead", "compose.yaml");
  writeFileSync(file, stdout);
  const plain = ["docker", "compose", "--project-directory", checkout, "-f", file];
  const names = await engine.run([...plain, "config", "--services"], { cwd: checkout });
  expectEqual(
    "docker compose reads the file that `local config` prints",
    [status, names.status, names.stdout.split("\n").includes("web")],
    [0, 0, true],
  );
}

/** Containers, networks and volumes of somebody else. */
async function makeForeign(engine: ComposeEngine): Promise<string> {
  await engine.run(["docker", "network", "create", "foreign"]);
  await engine.run(["docker", "volume", "create", "foreign"]);
  const words = ["run", "--detach", "--name", "foreign", "--network", "foreign", "--volume", "foreign:/foreign"];
  await engine.run(["docker", ...words, "public.ecr.aws/eks-distro/kubernetes/pause:3.10"]);
  return allOf(engine);
}

async function checkDown(engine: ComposeEngine, checkout: string, foreign: string): Promise<void> {
  const down = await step("fairlead local down --volumes", () => fairleadLocal(engine, checkout, "down", "--volumes"));
  expectEqual(
    "down leaves no container, network or volume of its own, and those of others",
    [down.status, await allOf(engine)],
    [0, foreign],
  );
  await engine.run(["docker", "rm", "--force", "foreign"]);
  await engine.run(["docker", "network", "rm", "foreign"]);
  await engine.run(["docker", "volume", "rm", "foreign"]);
}

async function idsOf(engine: ComposeEngine): Promise<string> {
  return (await engine.run(["docker", "ps", "--all", "--quiet", "--no-trunc"])).stdout.split("\n").sort().join(" ");
}

const seconds = (began: number) => `${((performance.now() - began) / 1000).toFixed(1)} s`;
