import { Command } from "commander";

import register from "../src/commands/adopt";
import { RefusingAws } from "../testing/adopt/refusingAws";
import { ScriptedPulumi } from "../testing/adopt/scriptedPulumi";
import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

/** What the command prints as JSON, as far as it is looked at here. */
interface Printed {
  taken: { name: string }[];
  unseen: { action: string }[];
  proof?: { imported: { urn: string; id: string }[] };
  written: boolean;
}

let pulumi: ScriptedPulumi;
let repository: FixtureRepository;
let aws: RefusingAws;
beforeEach(() => {
  pulumi = new ScriptedPulumi();
  repository = new FixtureRepository();
});
afterEach(() => {
  aws.close();
  repository.remove();
  pulumi.end();
});

const start = async (cluster?: string) => {
  aws = await RefusingAws.listen(cluster);
  Object.assign(process.env, {
    ...{ AWS_ACCESS_KEY_ID: "KEY", AWS_SECRET_ACCESS_KEY: "secret", AWS_EC2_METADATA_DISABLED: "true" },
    AWS_ENDPOINT_URL: aws.url,
  });
};
const adopt = (...words: string[]) => runCommand(repository.folder, "adopt", "dev", ...words);
const nothingChanges = `{\n"steps": [{"op":"same","urn":"urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev","newState":{"urn":"urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev","type":"pulumi:pulumi:Stack"}}]\n}\n`;

test("what AWS denies ends nothing: it is named, and neither the end nor the exit code claims to be all", async () => {
  await start();
  const { status, stdout } = await adopt();
  expect(status).toBe(1);
  expect(stdout).toMatch(/may be less than there is\.\n(?: {2}Not seen: .*\n)+$/);
  expect(stdout).toMatch(/Not seen: what has a tag.* \(needs tag:GetResources\)/);
  expect(stdout).toMatch(/Not seen: repositories that have the plan's names \(needs ecr:DescribeRepositories\)/);
  const printed = JSON.parse((await adopt("--json")).stdout) as Printed;
  expect(printed.unseen.map(({ action }) => action)).toEqual(expect.arrayContaining(["ecs:DescribeClusters", "logs:DescribeLogGroups"]));
});

test("an import that ends half-way goes on with the same command, and takes in what is left", async () => {
  await start("dev");
  process.env.PREVIEW = nothingChanges;
  pulumi.keep("dev", []);
  const settings = "clusterCapacityProviders";
  const proven = JSON.parse((await adopt("--json")).stdout) as Printed;
  expect([proven.taken.map(({ name }) => name), proven.written]).toEqual([["dev"], false]);
  const wanted = proven.proof!.imported.map(({ urn }) => urn);
  expect(wanted).toEqual([expect.stringContaining("Cluster::dev"), expect.stringContaining(settings)]);

  // Only where it is written: in the copy all is there.
  process.env.REFUSED_IN_STACK = settings;
  const { status, stderr } = await adopt("--write");
  expect(status).toBe(1);
  expect(stderr).toMatch(/FL3206 [^]*In the state of dev, protected: Cluster dev\.\n {2}Not in it: ClusterCapacityProviders dev\./);

  delete process.env.REFUSED_IN_STACK;
  const again = JSON.parse((await adopt("--write", "--json")).stdout) as Printed;
  expect([again.proof!.imported.map(({ urn }) => urn), again.written]).toEqual([[wanted[1]], true]);
  const done = JSON.parse((await adopt("--write", "--json", "--import", "Cluster:dev=dev")).stdout) as Printed;
  expect([done.proof, done.written]).toEqual([undefined, false]);
  expect((await adopt("--import", "Cluster:dev=other")).stderr).toMatch(/FL3201 the state of dev has already: dev, as dev\./);
});

test("the help shows no empty defaults", () => {
  const program = new Command();
  register(program);
  expect(program.commands[0]!.helpInformation()).not.toMatch(/default/);
});
