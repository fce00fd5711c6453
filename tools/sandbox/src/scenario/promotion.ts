import { readFileSync, writeFileSync } from "node:fs";
import { configurationFile, environmentsFile } from "@fairlead/model";

import { accountVariables, type SandboxAccount } from "../sandboxAccount";
import { AwsAccount } from "../aws/awsAccount";
import type { AwsPlugin } from "../aws/plugins";
import { commit, inProject } from "../checkout";
import { edit } from "../edit";
import { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { step } from "../progress";
import { registryClient } from "../registryAccess";
import { checkImages, messageOf, surprisesIn } from "./common";

const target = "sandbox-prod";

/** A second environment, in another account with a registry of its own, takes over what the first one runs. */
export async function checkPromotion(source: Engine, checkout: string, plugin: AwsPlugin, account: SandboxAccount): Promise<void> {
  const aws = new AwsAccount(account);
  const env = { ...process.env, ...accountVariables(account), ...(await aws.listen(plugin, process.env)) };
  await addEnvironment(checkout);
  const engine = await Engine.open(target, checkout, env);
  const early = await step(`pulumi up of ${target}: before anything was promoted`, () => messageOf(() => engine.up()));
  expectEqual(
    "up says what was never promoted, and what to do",
    /FL2010[^]*api: never promoted[^]*fairlead promote --all/.test(early),
    true,
  );

  const promote = () => source.run("npx", ["--no-install", "fairlead", "promote", "--all", "--from", "sandbox", "--to", target, "--yes"]);
  const shown = await step("fairlead promote --all", promote);
  report(
    shown
      .split("\n")
      .filter((line) => /^[~\w]/.test(line) && !line.startsWith("npm"))
      .join("\n  "),
  );
  expectEqual("promote shows each service", (shown.match(/^~ /gm) ?? []).length, 4);
  expectEqual("a second promote has nothing to do", /was promoted all that sandbox runs/.test(await promote()), true);
  await commit(checkout, `${target}: promoted`);

  await step(`pulumi up of ${target}`, () => engine.up());
  const [before, after] = [(await source.outputs()).images as Record<string, string>, await checkImages(engine)];
  const digests = (images: Record<string, string>) => Object.entries(images).map(([service, image]) => `${service} ${image.split("@")[1]}`);
  expectEqual("the promoted images have the same digests, in the other account's registry", digests(after), digests(before));
  expectEqual(
    "and none is in the first one's",
    Object.values(after).filter((image) => !image.startsWith(account.registryHost)),
    [],
  );
  const tags = await registryClient(account.registryHost).tags(`fairlead/${target}/api`);
  report(`tags of api: ${tags.sort().join(", ")}`);
  const marks = tags.map((tag) =>
    /^(promoted-from-sandbox-\d{8}T\d{6}Z-by-|deployed-|1\.0\.0-|sha256-[0-9a-f]{64}\.sig$)/
      .exec(tag)?.[0]
      .replace(/\d{8}T\d{6}Z|[0-9a-f]{64}/, "…"),
  );
  expectEqual("tags say from where, when and by whom, and the signature came along", [...new Set(marks)].sort(), [
    "1.0.0-",
    "deployed-",
    "promoted-from-sandbox-…-by-",
    "sha256-….sig",
  ]);
  const { releases } = (await engine.outputs()) as { releases: Record<string, { from: string; by: string; at: string; revision: string }> };
  expectEqual("and so do the outputs", [releases.api!.from, /^[0-9a-f]{12}$/.test(releases.api!.revision)], ["sandbox", true]);
  expectEqual("a second up changes nothing", surprisesIn(await step(`pulumi up of ${target}: the second`, () => engine.up())), []);
  await step(`pulumi destroy of ${target}`, () => engine.destroy());
}

/** An environment is files alone: a composition, its configuration, and its place in the order of promotion. */
async function addEnvironment(checkout: string): Promise<void> {
  const configuration = readFileSync(inProject(checkout, configurationFile("sandbox")), "utf8").split("\n");
  const kept = configuration.filter((line) => !/encryptionsalt/.test(line));
  writeFileSync(inProject(checkout, configurationFile(target)), `${kept.join("\n").trimEnd()}\n  fairlead:promoteFrom: sandbox\n`);
  writeFileSync(inProject(checkout, `${target}.ts`), 'export { default } from "./sandbox";\n');
  edit(inProject(checkout, environmentsFile), (text) => text.replace('"sandbox"', `"sandbox", "${target}"`));
  await commit(checkout, `A stack ${target}`);
}
