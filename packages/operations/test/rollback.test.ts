import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chosenService, releasePin, rollback, type RollbackOptions } from "../src";
import { digestOf } from "../testing/runningStack";
import { shop, type Shop } from "../testing/shop";
import { old, twiceDeployed } from "../testing/twiceDeployed";

const folder = mkdtempSync(join(tmpdir(), "fairlead-pins-"));
afterAll(() => rmSync(folder, { recursive: true }));
const configuration = "config:\n  aws:region: eu-west-1\n  # Of the network.\n  fairlead:cidrBlock: 10.0.0.0/16\n";
const file = join(folder, "Pulumi.shop.yaml");
beforeEach(() => writeFileSync(file, configuration));
const project = { root: folder, configFolder: folder, name: "fairlead", config: {} };
const text = () => readFileSync(file, "utf8");

const back = (seen: Shop, options?: RollbackOptions) => rollback({ ...seen, project }, chosenService(seen.inAws, "api"), options);
const changes = ({ account }: Shop) => account.state.changes.map(({ action, input }) => [action, input]);
const pinned = `${configuration}  fairlead:pinnedImages:\n    api:\n      tag: ${old.tag}\n      digest: ${old.digest}\n`;
const pinSays = `Pulumi.shop.yaml pins api to ${old.tag} (${old.digest.slice(0, 19)}): \`pulumi up -s shop\` keeps it, until \`fairlead rollback api --release -s shop\`.`;

test("the earlier task definition is deployed again at once, and its image is pinned; nothing happens before it was said", async () => {
  const seen = twiceDeployed();
  const { says, carryOut } = await back(seen);
  expect(says).toEqual([
    "api: ECS deploys shop-api:6 again, now: 0.9.0 (bbbbbbbbbbbb), with the size, variables, secrets and roles of then. " +
      "Network, load balancer, number of tasks and strategy stay.",
    pinSays,
  ]);
  expect([changes(seen), text()]).toEqual([[], configuration]);
  await carryOut();
  const taskDefinition = seen.account.arn("ecs", "task-definition/shop-api:6");
  expect(changes(seen)).toEqual([["ecs:UpdateService", { cluster: "shop", service: "api", taskDefinition, forceNewDeployment: true }]]);
  expect(text()).toBe(pinned);
});

/** Revision 7 comes out, where that of these numbers served. */
function underWay(...sources: number[]): Shop {
  const seen = twiceDeployed();
  const { state, arn } = seen.account;
  const sourceServiceRevisions = sources.map((number) => ({ arn: arn("ecs", `service-revision/shop/api/${number}`) }));
  Object.assign(state.serviceDeployments[0]!, { status: "IN_PROGRESS", finishedAt: undefined, sourceServiceRevisions });
  return seen;
}

test("a deployment that is under way is taken back, and what served before is pinned", async () => {
  const seen = underWay(6);
  const { state } = seen.account;
  const { says, carryOut } = await back(seen);
  expect(says).toEqual([
    "api: the deployment that is under way is taken back, now: 0.9.0 (bbbbbbbbbbbb) serves again, with the network, load balancer and capacity of then.",
    pinSays,
  ]);
  await carryOut();
  const { serviceDeploymentArn } = state.serviceDeployments[0]!;
  expect(changes(seen)).toEqual([["ecs:StopServiceDeployment", { serviceDeploymentArn, stopType: "ROLLBACK" }]]);
  expect(text()).toBe(pinned);
});

/** Images of revisions that served at other times. */
function addRevision(
  { account }: Shop,
  number: number,
  version: string,
  deployed?: { status: "SUCCESSFUL" | "STOPPED"; ago: number },
): string {
  const { state, clock, arn } = account;
  const [digest, tag] = [digestOf(version), `${version}-cccccccccccc-arm64`];
  const revisionArn = arn("ecs", `service-revision/shop/api/${number}`);
  state.serviceRevisions.push({
    ...state.serviceRevisions[0]!,
    ...{ serviceRevisionArn: revisionArn, taskDefinition: arn("ecs", `task-definition/shop-api:${number}`) },
    containerImages: [{ containerName: "api", image: `repository@${digest}`, imageDigest: digest }],
  });
  state.repositories[0]!.images.push({ imageDigest: digest, imageTags: [tag], manifest: "{}", mediaType: "" });
  if (deployed) {
    state.serviceDeployments.push({
      ...state.serviceDeployments[0]!,
      ...{
        serviceDeploymentArn: `arn:${number}`,
        status: deployed.status,
        createdAt: clock.ago(deployed.ago),
        targetServiceRevision: { arn: revisionArn },
      },
    });
  }
  return `tag: ${tag}\n      digest: ${digest}\n`;
}

test("what is pinned is what ECS goes back to: the source of the deployment, whatever ended well before", async () => {
  const seen = underWay(4);
  // Revision 6 was deployed well later than 4, which was restored since by a deployment that ECS lists no more.
  const pin = addRevision(seen, 4, "0.4.0");
  const { says, carryOut } = await back(seen);
  expect(says[0]).toMatch(/now: 0\.4\.0 \(cccccccccccc\) serves again/);
  await carryOut();
  expect(text()).toContain(pin);
});

test("of several sources ECS goes back to the one that it completed last, and where it goes back already, to that which it names", async () => {
  const seen = underWay(5, 6);
  addRevision(seen, 5, "0.9.5", { status: "STOPPED", ago: 5000 });
  await (await back(seen)).carryOut();
  expect(text()).toBe(pinned);
  const going = underWay(6);
  addRevision(going, 5, "0.9.5");
  const rollback = { serviceRevisionArn: going.account.arn("ecs", "service-revision/shop/api/5") };
  Object.assign(going.account.state.serviceDeployments[0]!, { status: "ROLLBACK_IN_PROGRESS", rollback });
  const { says } = await back(going);
  expect(says[0]).toBe("api: ECS takes the deployment that is under way back already: 0.9.5 (cccccccccccc) serves again.");
  expect(changes(going)).toEqual([]);
});

test("a deployment that has no source has nothing to go back to", async () => {
  await expect(back(underWay())).rejects.toThrow("ECS remembers no earlier deployment of api that ended well");
});

test("where the deployment ends before it is stopped, the earlier task definition is deployed, and that is said", async () => {
  const seen = underWay(6);
  const { carryOut } = await back(seen);
  seen.account.state.serviceDeployments[0]!.status = "SUCCESSFUL";
  expect((await carryOut()).slice(0, 2)).toEqual([
    "The deployment of api had ended before it could be taken back (SUCCESSFUL).",
    "ECS deploys shop-api:6 of api. `fairlead status -s shop --watch` shows how it goes on.",
  ]);
  const taskDefinition = seen.account.arn("ecs", "task-definition/shop-api:6");
  expect(changes(seen)).toEqual([["ecs:UpdateService", { cluster: "shop", service: "api", taskDefinition, forceNewDeployment: true }]]);
  expect(text()).toBe(pinned);
});

test("where ECS takes it back by itself meanwhile, nothing more is asked, and what it goes back to is pinned", async () => {
  const seen = underWay(6);
  const { carryOut } = await back(seen);
  seen.account.state.serviceDeployments[0]!.status = "ROLLBACK_SUCCESSFUL";
  expect((await carryOut())[0]).toBe("ECS took the deployment of api back by itself (ROLLBACK_SUCCESSFUL).");
  expect([changes(seen), text()]).toEqual([[], pinned]);
});

test("where another deployment began meanwhile, it is not ended, and nothing is pinned", async () => {
  const seen = underWay(6);
  const { carryOut } = await back(seen);
  const { serviceDeployments } = seen.account.state;
  serviceDeployments.push({ ...serviceDeployments[0]!, serviceDeploymentArn: "arn:8", createdAt: seen.account.clock.in(1) });
  serviceDeployments[0]!.status = "STOPPED";
  await expect(carryOut()).rejects.toThrow("The deployment of api ended (STOPPED), and another began meanwhile: nothing was changed.");
  expect([changes(seen), text()]).toEqual([[], configuration]);
});

test("where ECS went back by itself, what serves is pinned, and ECS is asked nothing", async () => {
  const seen = twiceDeployed();
  const { state, arn } = seen.account;
  state.serviceDeployments[0]!.status = "ROLLBACK_SUCCESSFUL";
  state.services[0]!.taskDefinition = arn("ecs", "task-definition/shop-api:6");
  const { says, carryOut } = await back(seen);
  expect(says).toEqual([pinSays]);
  await carryOut();
  expect([changes(seen), text()]).toEqual([[], pinned]);
});

test("what came out before more deployments than a page has is found", async () => {
  const seen = twiceDeployed();
  const { state, clock } = seen.account;
  for (let index = 0; index < 120; index++) {
    const failed = { serviceDeploymentArn: `arn:failed${index}`, status: "ROLLBACK_SUCCESSFUL" as const, createdAt: clock.ago(60 + index) };
    state.serviceDeployments.push({ ...state.serviceDeployments[0]!, ...failed });
  }
  expect((await back(seen)).says[0]).toMatch(/^api: ECS deploys shop-api:6 again, now/);
});

test("where the image is the same, the settings are: they are taken back now, and nothing is pinned", async () => {
  const seen = twiceDeployed();
  seen.account.state.serviceRevisions[1]!.containerImages = seen.account.state.serviceRevisions[0]!.containerImages;
  const { says, carryOut } = await back(seen);
  expect(says[1]).toMatch(/^The image of api is the same: what differs are its settings\. Revert the commit/);
  await carryOut();
  expect([changes(seen).length, text()]).toEqual([1, configuration]);
});

test.each(["0.9.0-bbbbbbbbbbbb", old.tag, old.digest])("an image is named by its tag, as people know it, or its digest: %s", async (to) => {
  const seen = twiceDeployed();
  await (await back(seen, { to })).carryOut();
  expect([changes(seen).length, text()]).toEqual([1, pinned]);
});

test("an image that ECS remembers no deployment of, only `up` can bring out; so with --pin-only", async () => {
  const seen = twiceDeployed();
  seen.account.state.serviceDeployments.pop();
  const { says, carryOut } = await back(seen, { to: old.tag });
  expect(says).toEqual([`ECS remembers no deployment of ${old.tag} that ended well: only \`pulumi up\` can bring it out.`, pinSays]);
  await carryOut();
  expect([changes(seen), text()]).toEqual([[], pinned]);
  const again = twiceDeployed();
  expect((await back(again, { pinOnly: true })).says).toEqual([pinSays]);
});

test("what there is not is said, and nothing is changed", async () => {
  const seen = twiceDeployed();
  await expect(back(seen, { to: "2.0.0" })).rejects.toThrow("fairlead/shop/api has no image with the tag 2.0.0.");
  await expect(back(seen, { to: digestOf("gone") })).rejects.toThrow("there is nothing to roll api back to");
  const once = shop([{ name: "api" }]);
  await expect(back(once)).rejects.toThrow("ECS remembers no earlier deployment of api that ended well");
  seen.account.deny(["ecs:DescribeServiceRevisions"]);
  await expect(back(seen)).rejects.toThrow("(it needs ecs:DescribeServiceRevisions). Nothing was changed.");
  expect([changes(seen), text()]).toEqual([[], configuration]);
});

test("a service whose image others build goes back by its manifest", async () => {
  const seen = twiceDeployed();
  seen.inAws.services[0]!.repository = undefined;
  await expect(back(seen)).rejects.toThrow("name the earlier one as image in apps/api/service.yaml");
  expect([changes(seen), text()]).toEqual([[], configuration]);
});

test("a service that was rolled back already goes where it is told alone", async () => {
  const seen = twiceDeployed();
  seen.inAws.services[0]!.pinnedImage = old.digest;
  await expect(back(seen)).rejects.toThrow(
    "api was rolled back already, and is pinned to 1.0.0-aaaaaaaaaaaa: name the image that you mean",
  );
});

test("a pin that is released leaves the file as it was before", async () => {
  const seen = twiceDeployed();
  await (await back(seen)).carryOut();
  const config = { "fairlead:pinnedImages": JSON.stringify({ api: old }) };
  const { says, carryOut } = releasePin({ ...project, config }, "shop", "api");
  expect(says).toEqual(["Pulumi.shop.yaml pins api no more: the next `pulumi up -s shop` brings out what its sources say."]);
  await carryOut();
  expect(text()).toBe(configuration);
  expect(releasePin(project, "shop", "api")).toMatchObject({ says: [], why: "api is not pinned." });
});
