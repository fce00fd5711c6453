import { embeddedPlan, type Plan } from "@fairlead/plan";
import * as dynamodb from "@pulumi/aws/dynamodb";
import * as ecs from "@pulumi/aws/ecs";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

import { chosenImports, importFile, settingsOf } from "../src";

/** A bucket as components have it: with resources of their own for what is set of it. */
class Exports extends pulumi.ComponentResource {
  constructor(name: string) {
    super("shop:data:Exports", name);
    const parent = { parent: this };
    const bucket = new s3.Bucket(name, {}, parent);
    new s3.BucketVersioning(name, { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } }, parent);
    new s3.BucketPolicy(name, { bucket: bucket.id, policy: pulumi.interpolate`{"Resource":"${bucket.arn}"}` }, parent);
    new s3.BucketPolicy("others", { bucket: "of-somebody-else", policy: bucket.arn }, parent);
  }
}

const version = "7.0.0";
let plan: Plan;
beforeAll(async () => {
  plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      new Exports("exports");
      new dynamodb.Table("exports", { name: "dev-exports", hashKey: "id", attributes: [{ name: "id", type: "S" }] });
      const cluster = new ecs.Cluster("dev", { name: "dev" });
      new ecs.ClusterCapacityProviders("dev", { clusterName: cluster.name, capacityProviders: ["FARGATE"] });
    },
  });
});

const urnOf = (type: string) => plan.resources.find((resource) => resource.type === type)!.urn;
const bucketUrn = () => urnOf("aws:s3/bucket:Bucket");

describe("what is chosen to be imported", () => {
  test("is named as the program names it, with its type where several have the name", () => {
    expect(chosenImports(plan, [{ name: "dev", id: "dev" }])).toEqual([{ urn: urnOf("aws:ecs/cluster:Cluster"), id: "dev" }]);
    expect(chosenImports(plan, [{ name: "Bucket:exports", id: "acme" }])).toEqual([{ urn: bucketUrn(), id: "acme" }]);
    expect(chosenImports(plan, [{ name: bucketUrn(), id: "acme" }])).toEqual([{ urn: bucketUrn(), id: "acme" }]);
  });

  test("is refused all at once: what the plan has not, and what it has twice", () => {
    const chosen = () =>
      chosenImports(plan, [
        { name: "exprots", id: "a" },
        { name: "exports", id: "b" },
      ]);
    expect(chosen).toThrow(
      /FL3201 dev [^]*exprots\. Did you mean exports\?\n {2}exports is the name of several: Bucket:exports, Table:exports/,
    );
  });

  test("brings what is set of it by resources of their own, under the same id, and nothing of others", () => {
    const settings = settingsOf(plan, [{ urn: bucketUrn(), id: "acme" }]);
    expect(settings.every(({ id }) => id === "acme")).toBe(true);
    const types = settings.map(({ urn }) => urn.split("$").at(-1)!.split("::")[0]!.split(":").at(-1));
    expect(types.sort()).toEqual(["BucketPolicy", "BucketVersioning"]);
  });
});

describe("the file for pulumi import", () => {
  test("has the components around a resource before it, each once, so that URNs are the program's", () => {
    const chosen = [{ urn: bucketUrn(), id: "acme" }, ...settingsOf(plan, [{ urn: bucketUrn(), id: "acme" }])];
    const { resources, nameTable } = importFile(plan, chosen, new Set(), version);
    expect(nameTable).toEqual({});
    const [component, bucket, ...others] = resources;
    expect(component).toEqual({ type: "shop:data:Exports", name: "resource1", logicalName: "exports", component: true });
    expect(bucket).toEqual({
      ...{ type: "aws:s3/bucket:Bucket", name: "resource2", logicalName: "exports" },
      ...{ id: "acme", version, parent: "resource1" },
    });
    expect(others.map(({ parent }) => parent)).toEqual(Array(2).fill("resource1"));
    expect(new Set(resources.map(({ name }) => name)).size).toBe(resources.length);
  });

  test("names components of the state by their URNs, and does not make them again", () => {
    const component = "urn:pulumi:dev::shop::shop:data:Exports::exports";
    const { resources, nameTable } = importFile(plan, [{ urn: bucketUrn(), id: "acme" }], new Set([component]), version);
    expect(nameTable).toEqual({ resource1: component });
    expect(resources).toMatchObject([{ type: "aws:s3/bucket:Bucket", parent: "resource1" }]);
  });

  test("a resource at the top has no parent: the stack itself is none", () => {
    const { resources } = importFile(plan, [{ urn: urnOf("aws:ecs/cluster:Cluster"), id: "dev" }], new Set(), version);
    expect(resources).toEqual([{ type: "aws:ecs/cluster:Cluster", name: "resource1", logicalName: "dev", id: "dev", version }]);
  });
});
