import { readFileSync } from "node:fs";
import { expandAwsxVpc, isReference, referencesIn, toModelValue } from "@fairlead/plan";
import * as pulumi from "@pulumi/pulumi";

type Properties = Record<string, unknown>;

/** As awsx asks for it: without it the engine would make another default provider. */
const { version } = JSON.parse(readFileSync(require.resolve("@pulumi/aws/package.json"), "utf8")) as { version: string };

/** Attributes that one child has from another; a resource has only those outputs that it is asked for. */
const attributes = { allocationId: undefined, cidrBlock: undefined };

/**
 * `awsx.ec2.Vpc` where awsx's plugin is not to be had: registers the children that the embedded plan expects of it, so that the engine and the
 * real AWS provider judge them.
 */
export async function constructVpc(
  name: string,
  given: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
): Promise<pulumi.provider.ConstructResult> {
  const vpc = new pulumi.ComponentResource("awsx:ec2:Vpc", name, {}, options);
  const inputs = await valueOf<Properties>(given);
  const zones = await pulumi.runtime.invoke(
    "aws:index/getAvailabilityZones:getAvailabilityZones",
    { state: "available" },
    { parent: vpc, version },
  );
  const { children, outputs } = expandAwsxVpc(name, "urn:pulumi:component", inputs, {
    // Whatever tells them apart: the engine gives them their real URNs.
    urnOf: (parent, type, childName) => `${parent}/${type}/${childName}`,
    zoneNames: () => (zones as { names: string[] }).names,
  });
  const made = new Map<string, pulumi.CustomResource>();
  const resolve = (value: unknown): unknown => {
    if (isReference(value)) {
      const [{ urn, attribute }] = referencesIn(value) as [{ urn: string; attribute: string }];
      return (made.get(urn) as unknown as Properties)[attribute];
    }
    if (Array.isArray(value)) return value.map(resolve);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
  };
  const resolved = (values: Properties) => resolve(toModelValue(values)) as pulumi.Inputs;
  for (const child of children) {
    const parent = made.get(child.parent) ?? vpc;
    const dependsOn = child.dependsOn.flatMap((urn) => made.get(urn) ?? []);
    const values = { ...attributes, ...resolved(child.inputs) };
    made.set(child.urn, new Child(child.type, child.name, values, { parent, dependsOn, version }));
  }
  return { urn: vpc.urn, state: resolved(outputs) };
}

/** Arguments of a VPC are known before anything is made: they decide which subnets there are. */
function valueOf<T>(given: pulumi.Inputs): Promise<T> {
  return new Promise((resolve) => pulumi.output(given).apply((value) => resolve(value as T)));
}

/** A resource by its type's token alone. */
class Child extends pulumi.CustomResource {}
