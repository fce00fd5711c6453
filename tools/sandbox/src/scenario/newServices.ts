import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { commit, inProject } from "../checkout";
import type { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { builderName } from "../machine/buildkit";
import { withBuildxLogin } from "../machine/buildxLogin";
import { run } from "../machine/run";
import { onPath } from "../onPath";
import { binFolder, inSandbox } from "../paths";
import { step } from "../progress";
import { platformsInRegistry } from "../registryAccess";
import { changesIn } from "./common";

/** Templates whose base image is one of the sandbox's. */
const templates = ["node-api", "worker", "static-web"];

/** Services as `fairlead new` writes them: built and inspected by their nx targets, then brought out. */
export async function checkNewServices(engine: Engine, checkout: string, registryHost: string): Promise<void> {
  const names = templates.map((template) => `new-${template}`);
  for (const template of templates) {
    const args = ["new", "service", `new-${template}`, "--template", template, "--owner", "shop"];
    await step(`fairlead new service new-${template}`, () => engine.run("npx", ["--no-install", "fairlead", ...args], checkout));
  }
  await checkImagesByNx(engine, checkout, names, registryHost);
  // nx has the product's services for projects, the stack those of its example.
  for (const name of names) renameSync(join(checkout, "apps", name), inProject(checkout, "apps", name));
  await commit(checkout, "New services");
  const changed = changesIn(await step("pulumi up: with the new services", () => engine.up()));
  expectEqual(
    "up brings them out",
    names.filter((name) => changed.includes(`aws:ecs/service:Service ${name}`)),
    names,
  );
  const images = (await engine.outputs()).images as Record<string, string>;
  for (const name of names)
    expectEqual(`${name} is there for both platforms`, await platformsInRegistry(images[name]!), ["linux/amd64", "linux/arm64"]);
}

async function checkImagesByNx(engine: Engine, checkout: string, names: string[], registryHost: string): Promise<void> {
  if (!onPath("docker")) {
    report("There is no Docker CLI here: `nx inspect`, which builds with `docker buildx`, was not run.");
    return;
  }
  mkdirSync(inSandbox("docker", "cli-plugins"), { recursive: true });
  rmSync(inSandbox("docker", "cli-plugins", "docker-buildx"), { force: true });
  symlinkSync(join(binFolder, "buildx"), inSandbox("docker", "cli-plugins", "docker-buildx"));
  const env = { ...engine.environment, BUILDX_BUILDER: builderName, NX_DAEMON: "false" };
  const args = [
    "--no-install",
    "nx",
    "run-many",
    "--target=inspect",
    `--projects=${names.join(",")}`,
    "--skip-nx-cache",
    "--output-style=static",
  ];
  // The base image's mirror asks for a login.
  const inspect = () => withBuildxLogin(process.env, [registryHost], () => run("npx", args, { cwd: checkout, env }));
  const output = await step("nx run-many --target=inspect", inspect);
  expectEqual(
    "nx builds and inspects each of them",
    (output.match(/Nothing was found that keeps it from running/g) ?? []).length,
    names.length,
  );
}
