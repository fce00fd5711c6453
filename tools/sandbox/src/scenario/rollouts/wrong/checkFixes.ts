import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { DiagnosedCause, Diagnosis } from "@fairlead/diagnosis";

import type { AwsAccount } from "../../../aws/awsAccount";
import { commit, inProject } from "../../../checkout";
import { inTurnAt } from "../../../commitsTurn";
import { edit } from "../../../edit";
import type { Engine } from "../../../engine";
import { expectEqual, report } from "../../../expectations";
import { inSandbox } from "../../../paths";
import { step } from "../../../progress";
import { messageOf } from "../../common";
import { fairlead } from "../fairlead";
import { configure, stackName } from "../stack";
import { wrongPrograms } from "./programs";
import { wrongSettings } from "./settings";
import type { WrongService } from "./wrongService";

const all: readonly WrongService[] = [...wrongSettings, ...wrongPrograms];

type Diagnosed = Diagnosis & { name: string; causes: (DiagnosedCause & { diff: string | null })[] };

/**
 * New services that are wrong, each in another way, under the real engine: `up` fails with each, the doctor says why, and once what it says is done, by its
 * diff where it proposes one, each serves.
 *
 * @param turn of the commit, by which a third of them is run; all without
 */
export async function checkFixes(engine: Engine, checkout: string, aws: AwsAccount, turn?: number): Promise<void> {
  const wrongServices = turn === undefined ? all : inTurnAt(all, turn);
  const names = wrongServices.map(({ name }) => name).sort();
  for (const { name, files } of wrongServices) {
    for (const [path, text] of Object.entries(files)) {
      const file = fileOf(checkout, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  // An image that is stopped before it runs needs no doctor.
  configure(checkout, "fairlead:unstartableImages", "tell");
  await commit(checkout, "Services that are wrong");
  await aws.createSecrets({ "rollouts/orders": '{"username":"app","password":"hunter3"}' });

  const message = await step(`pulumi up: ${names.length} of ${all.length} new services that are wrong`, () =>
    messageOf(() => engine.up({ continueOnError: true })),
  );
  const failed = [...message.matchAll(/FL2204 rollout of (\S+) failed/g)].map(([, name]) => name!);
  expectEqual("up fails with each of them, and with nothing else", [...new Set(failed)].sort(), names);
  if (failed.length === 0) report(message);

  const diagnoses = await step("fairlead doctor, without a name", () => diagnosed(engine));
  expectEqual("it looks at the services that are not well", diagnoses.map(({ name }) => name).sort(), names);
  for (const service of wrongServices) await mend(service, diagnoses, { engine, checkout, aws });
  await commit(checkout, "Services as the doctor says");

  const problem = await step("pulumi up: mended", () => messageOf(() => engine.up()));
  expectEqual("mended as the doctor says, each comes out", problem, "");
  const status = await fairlead(engine, "status", "-s", stackName, "--json", ...names);
  const { services } = JSON.parse(status.stdout) as { services: { name: string; state: string }[] };
  expectEqual(
    "and all are steady",
    services.filter(({ state }) => state !== "steady").map(({ name }) => name),
    [],
  );
  const calm = await step("fairlead doctor of each", () => diagnosed(engine, ...names));
  expectEqual(
    "in which the doctor finds nothing wrong any more",
    calm.filter(({ outcome }) => outcome !== "nothing").map(({ name, causes }) => [name, causes]),
    [],
  );
  const byDiff = wrongServices.filter(hasDiff).length;
  report(`${names.length} services mended by what the doctor says: ${byDiff} by its diff, ${names.length - byDiff} by hand`);
  for (const name of names) rmSync(inProject(checkout, stackName, name), { recursive: true });
}

const hasDiff = ({ hand }: WrongService) => !hand || hand.isBesideDiff === true;
const fileOf = (checkout: string, name: string, path: string) => inProject(checkout, stackName, name, path);

async function diagnosed(engine: Engine, ...services: string[]): Promise<Diagnosed[]> {
  const { stdout } = await fairlead(engine, "doctor", "-s", stackName, "--json", ...services);
  return (JSON.parse(stdout) as { diagnoses: Diagnosed[] }).diagnoses;
}

/** Does what the doctor says of a service. */
async function mend(
  service: WrongService,
  diagnoses: Diagnosed[],
  { engine, checkout, aws }: { engine: Engine; checkout: string; aws: AwsAccount },
): Promise<void> {
  const { name, causes, hand } = service;
  const diagnosis = diagnoses.find((each) => each.name === name);
  const [first] = diagnosis?.causes ?? [];
  const isNamed = first !== undefined && causes.includes(first.cause);
  expectEqual(`${name}: the doctor names ${causes.join(" or ")} first`, isNamed || (diagnosis ?? "not looked at"), true);
  if (!first) return;
  if (hand) {
    expectEqual(`${name}: it says what is done by hand`, hand.asked.test(first.fix) || first.fix, true);
    for (const [path, [from, to]] of Object.entries(hand.edits ?? {}))
      edit(fileOf(checkout, name, path), (text) => text.replace(from, () => to));
    await hand.act?.(aws);
  }
  if (!hasDiff(service)) return;
  expectEqual(`${name}: it proposes a diff`, first.diff !== null || first, true);
  if (first.diff === null) return;
  report(
    `${name}: ${first.diff
      .split("\n")
      .filter((line) => /^[+-](?![+-])/.test(line))
      .join(" ")}`,
  );
  const patch = inSandbox(`${name}.patch`);
  writeFileSync(patch, first.diff);
  await engine.run("git", ["apply", patch]);
}
