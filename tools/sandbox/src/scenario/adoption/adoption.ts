import { setTimeout as sleep } from "node:timers/promises";

import type { AwsAccount } from "../../aws/awsAccount";
import { terraformProvider } from "../../aws/terraformProvider";
import { cloneRepository, commit } from "../../checkout";
import { Assembly } from "../../corpus/layouts";
import type { RunningTasks } from "../../ecs/running/startTasks";
import { Engine, type Operation } from "../../engine";
import { expectEqual, report } from "../../expectations";
import { onPath } from "../../onPath";
import { inSandbox } from "../../paths";
import { SandboxError, step } from "../../progress";
import { pushRecipe } from "../pushRecipe";
import { Client } from "../rollouts/client";
import { fairlead, type Ran } from "../rollouts/fairlead";
import { program, server } from "../rollouts/failingService";
import { makeByTerraform, names, tag } from "./madeByTerraform";
import { addAdoptedStack, setFormerPercent, stackName, writeReferences } from "./stack";

/** What `fairlead adopt --json` says, as far as it is looked at here. */
interface Adopted {
  references: { of: string; thing: { id: string }; reference: { imports: { package: string; name: string }; code: string } }[];
  taken: { type: string; name: string }[];
  moving: { name: string; targetGroupArn?: string; problems: string[] }[];
  proof?: { imported: { urn: string; id: string }[]; verdict: { replaced: { properties: string[] }[]; deleted: unknown[] } };
  written: boolean;
}

const isLoss = ({ op }: Operation) => /replace|delete/.test(op);
const shown = (operations: readonly Operation[]) => operations.map(({ op, type, name }) => `${op} ${type} ${name}`);

/**
 * A VPC, a load balancer, a cluster, a repository, a database, a table, a bucket and a service that Terraform made: `adopt` finds them, `up` replaces and deletes
 * nothing, and the requests of a client that asks all the while move over, back, and over again.
 */
export async function checkAdoption(aws: AwsAccount, registryHost: string, running: RunningTasks): Promise<void> {
  const [terraform, provider] = [onPath("terraform"), await terraformProvider()];
  if (!terraform || !provider)
    return report("adoption was not run: what exists is made by Terraform there, and this machine has none, or not its AWS provider.");
  const assembly = new Assembly(inSandbox("former"), process.env);
  const image = await step("The image of a service that is there before", () =>
    pushRecipe(assembly, registryHost, "former/web", program(server())),
  );
  const former = await step("terraform apply: a VPC, a load balancer, a cluster, data, a service", () =>
    makeByTerraform(terraform, provider, image),
  );
  const { targetGroupArn, listenerArn, vpcId, secretArn } = former.outputs;
  const { url } = await running.listenAt(listenerArn);
  const client = new Client(`${url}/`);
  await step("Until the former service answers", () => until(async () => (await client.page()) === "former"));
  client.failures.length = 0;

  const checkout = await cloneRepository();
  await addAdoptedStack(checkout);
  const engine = await Engine.open(stackName, checkout, process.env);
  await commit(checkout, "The stack's salt");
  const adopt = (title: string, ...words: string[]): Promise<Ran> =>
    step(`fairlead adopt: ${title}`, () => fairlead(engine, "adopt", stackName, "--tag", `${tag.key}=${tag.value}`, "--json", ...words));
  const found = read(await adopt("what exists", "--skip", names.cluster, "--skip", names.repository));
  const ids = (of: string) => found.references.filter((reference) => reference.of === of).map(({ thing }) => thing.id);
  expectEqual(
    "adopt finds the VPC, the load balancer and the data that Terraform made",
    ["Network adopted", "LoadBalancer adopted", "table carts", "bucket exports", "postgres orders"].map(ids),
    [[vpcId], ["shop-former"], [names.table], [names.bucket], [names.database]],
  );
  expectEqual("and the names that are taken", found.taken.map(({ name }) => name).sort(), [names.cluster, names.repository].sort());

  const codes = Object.fromEntries(
    found.references.map(({ of, reference: { code } }) => [placeOf[of] ?? of, code.replace(/<ARN of the secret[^>]*>/, secretArn)]),
  );
  const imports = found.references.map(
    ({
      reference: {
        imports: { name, package: from },
      },
    }) => `import { ${name} } from "${from}";`,
  );
  delete codes.exports;
  writeReferences(
    checkout,
    codes,
    imports.filter((line) => !/ Network |existingBucket/.test(line)),
  );
  await commit(checkout, "adopted: what exists, by reference");

  const refused = await adopt("a table with another key", "--import", `Table:carts=${names.table}`);
  expectEqual("what is by reference can't be imported as well", [refused.code === 0, /FL3201/.test(refused.stderr)], [false, true]);
  const before = await aws.inventory();
  const seen = read(await adopt("what is proven", "--import", `Bucket:exports=${names.bucket}`));
  expectEqual("the service's requests are the former one's", seen.moving, [{ name: "web", targetGroupArn, problems: order }]);
  expectEqual(
    "an import would replace and delete nothing",
    [seen.proof?.verdict.replaced, seen.proof?.verdict.deleted, seen.written],
    [[], [], false],
  );
  expectEqual("nothing was written", engine.resourceVersions(), []);

  setFormerPercent(checkout, targetGroupArn, 100);
  await commit(checkout, "adopted: the former tasks answer all requests");
  const written = read(await adopt("into the state", "--import", `Bucket:exports=${names.bucket}`, "--write"));
  expectEqual("the cluster, the repository and the bucket are in the state", written.written, true);
  report(`imported: ${written.proof?.imported.map(({ urn, id }) => `${urn.split("$").at(-1)!.split("::")[0]} ${id}`).join(", ")}`);

  const first = await step("pulumi up: beside the former service", () => engine.up());
  expectEqual("the first up replaces and deletes nothing", shown(first.filter(isLoss)), []);
  const after = new Set(await aws.inventory());
  expectEqual(
    "what there was is there",
    before.filter((line) => !after.has(line)),
    [],
  );
  expectEqual("the former tasks answer all requests", await pages(client), ["former"]);

  const move = async (title: string, percent: number | undefined, expected: string[]) => {
    setFormerPercent(checkout, targetGroupArn, percent);
    await commit(checkout, `adopted: ${title}`);
    const operations = await step(`pulumi up: ${title}`, () => engine.up());
    expectEqual(`${title}: nothing is replaced or deleted`, shown(operations.filter(isLoss)), []);
    expectEqual(`${title}: who answers`, await pages(client), expected);
  };
  await move("a tenth moves over", 90, ["former", "new"]);
  await move("the way back", 100, ["former"]);
  await move("all moves over", 0, ["new"]);
  await move("no former tasks any more", undefined, ["new"]);
  await step("terraform destroy: the former service", () => former.destroyService());
  const page = await client.page();
  const failures = await client.end();
  expectEqual(`none of ${client.asked} requests failed`, failures, []);
  expectEqual("the service has what exists", page, `new ${names.table} ${names.bucket} ${hostOf(page)} with a password`);
  expectEqual(
    "a second up changes nothing",
    shown((await step("pulumi up: again", () => engine.up())).filter(({ op }) => op !== "same")),
    [],
  );
  const changes = await step("terraform plan", () => former.changes());
  expectEqual(
    "to Terraform all is as it made it, but what it handed over",
    changes.filter((line) => !handedOver.test(line)),
    [],
  );
}

/** Where the code of a reference stands in the composition. */
const placeOf: Record<string, string> = {
  "Network adopted": "network",
  "LoadBalancer adopted": "loadBalancer",
  "table carts": "carts",
  "bucket exports": "exports",
  "postgres orders": "orders",
};
const handedOver = /aws_(ecs_service|ecs_cluster|ecr_repository|s3_bucket)\./;
const order: string[] = [];

const hostOf = (page: string) => page.split(" ")[3];

function read({ code, stdout, stderr }: Ran): Adopted {
  if (code !== 0) throw new SandboxError(`fairlead adopt ended with ${code}:\n${stderr}`);
  return JSON.parse(stdout) as Adopted;
}

/** Who answers, by the first word of their pages. */
async function pages(client: Client): Promise<string[]> {
  const seen = new Set<string>();
  for (let asked = 0; asked < 40; asked++) seen.add((await client.page()).split(" ")[0]!);
  return [...seen].sort();
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 180_000; !(await isThere().catch(() => false)); await sleep(250))
    if (Date.now() > end) throw new SandboxError("It has not come to that within three minutes.");
}
