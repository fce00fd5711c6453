import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { composeText, localEnvironment } from "@fairlead/local";
import { hostileNames, hostileTexts } from "@fairlead/local/testing/hostileTexts";
import { inCompose, inDocker, inPlan, properties } from "@fairlead/local/testing/properties";
import { imageFolder, propertiesPlan, propertiesSettings } from "@fairlead/local/testing/propertiesPlan";
import { secretValue } from "@fairlead/local/testing/propertiesOfProcess";
import { readCompose, type Inspected } from "@fairlead/local/testing/propertyViews";

import { expectEqual } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { inSandbox } from "../../paths";
import { step } from "../../progress";
import { writeImage } from "./propertiesImage";
import { checkRunning, type RunningEnvironment } from "./runningProperties";

/** That Docker runs what task definitions say: each property in the plan, in the Compose file, and in the container. */
export async function checkProperties(engine: ComposeEngine): Promise<void> {
  const folder = inSandbox("properties");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeImage(join(folder, imageFolder));
  const plan = propertiesPlan();
  const text = composeText(localEnvironment(plan, propertiesSettings(folder, join(folder, ".fairlead"))).compose, "The properties");
  writeFileSync(join(folder, "compose.yaml"), text);
  writeFileSync(join(folder, "secrets.env"), `TOKEN='${secretValue}'\n`);
  const docker = (...words: string[]) => engine.run(["docker", ...words], { cwd: folder });
  const compose = (...words: string[]) => docker("compose", "--env-file", "secrets.env", ...words);

  await checkRead(compose, text);
  await checkTexts(engine, folder);
  // Not with --wait, to which a container whose health check is disabled is none that can be waited for.
  const up = await step("docker compose up --build, of the properties", () => compose("up", "--build", "--detach"));
  expectEqual("up, of the properties", [up.status, up.status === 0 || up.stderr.slice(-1500)], [0, true]);
  await compose("--profile", "jobs", "create", "nightly");
  const all = await inspected(docker);
  for (const property of properties) {
    const actual = { plan: inPlan(property, plan), compose: inCompose(property, readCompose(text)), docker: inDocker(property, all) };
    const { is } = property;
    expectEqual(`${property.task}/${property.container}: ${property.name}`, actual, { plan: is, compose: is, docker: is });
  }
  await checkRunning({ docker, compose });
  await compose("down", "--volumes", "--timeout", "1");
}

/** Compose itself takes each text for what it is. */
async function checkRead(compose: RunningEnvironment["compose"], text: string): Promise<void> {
  const { status, stdout, stderr } = await compose("config", "--format", "json");
  expectEqual("docker compose config", [status, stderr], [0, ""]);
  const read = JSON.parse(stdout) as { services: Record<string, { environment: Record<string, string> }> };
  const own = readCompose(text).services.shop!.environment!;
  // `config` writes a file to be read again, in which a `$` is `$$`.
  const actual = Object.fromEntries(
    Object.entries(read.services.shop!.environment).map(([name, value]) => [name, value.replaceAll("$$", "$")]),
  );
  expectEqual("variables, as Compose reads them", actual, { ...own, TOKEN: secretValue });
}

/** Whatever texts and names a plan has, Compose has the same. */
async function checkTexts(engine: ComposeEngine, folder: string): Promise<void> {
  const command = hostileTexts(500);
  const labels = Object.fromEntries(hostileNames.map((name) => [name, `$${name}`]));
  const texts = { image: "texts", command, environment: labels, labels };
  const file = { name: "texts", services: { texts }, networks: {}, volumes: {}, configs: {}, secrets: {} };
  writeFileSync(join(folder, "texts.yaml"), composeText(file, "Texts"));
  const { status, stdout, stderr } = await engine.run(["docker", "compose", "-f", "texts.yaml", "config", "--format", "json"], {
    cwd: folder,
  });
  expectEqual("docker compose config of 500 texts", [status, stderr], [0, ""]);
  const read = (JSON.parse(stdout) as { services: { texts: typeof texts } }).services.texts;
  const undoubled = (all: Record<string, string>) =>
    Object.fromEntries(hostileNames.map((name) => [name, all[name]?.replaceAll("$$", "$")]));
  expectEqual(
    "500 texts are what they were",
    command.filter((given, index) => read.command[index]?.replaceAll("$$", "$") !== given),
    [],
  );
  expectEqual("names of variables and labels are what they were", [undoubled(read.environment), undoubled(read.labels)], [labels, labels]);
}

/** The containers that there are, by the names of their services. */
async function inspected(docker: RunningEnvironment["docker"]): Promise<Record<string, Inspected>> {
  const ids = (await docker("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=properties")).stdout.split("\n");
  const found = JSON.parse((await docker("inspect", ...ids.filter(Boolean))).stdout) as (Inspected & { Image: string })[];
  const images = [...new Set(found.map(({ Image }) => Image))];
  const described = JSON.parse((await docker("image", "inspect", ...images)).stdout) as { Id: string; Os: string; Architecture: string }[];
  return Object.fromEntries(
    found.map((container) => {
      const image = described.find(({ Id }) => Id === container.Image)!;
      return [container.Config.Labels["com.docker.compose.service"]!, { ...container, platform: `${image.Os}/${image.Architecture}` }];
    }),
  );
}
