import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bucket, createData, queue, type DataDeclaration } from "@fairlead/data";
import { LoadBalancer, Network, ServiceDiscovery, type NetworkArgs } from "@fairlead/networking";
import { embeddedPlan, type Plan, type PlanResource } from "@fairlead/plan";
import { Cluster, Ec2Capacity } from "@fairlead/services";

import { deployServices, servicesOf, stackProgram, type EnvironmentResources, type Settings } from "../src";

/** A project in a folder of its own, with the files of a test. */
export class ProjectFolder {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-environment-")));

  constructor(files: Record<string, string> = {}) {
    this.write({ "stacks/environments.json": JSON.stringify({ environments: ["dev", "prod"] }), ...files });
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, name)), { recursive: true });
      writeFileSync(join(this.root, name), text);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Files of a service: a manifest with these lines, and a Dockerfile. */
export function service(name: string, ...lines: string[]): Record<string, string> {
  return {
    [`apps/${name}/service.yaml`]: [`name: ${name}`, ...lines, ""].join("\n"),
    [`apps/${name}/Dockerfile`]: 'FROM scratch\nCOPY . /\nCMD ["/app"]\n',
  };
}

const adopted: NetworkArgs = { vpcId: "vpc-0a1b2c3d4e5f60718" };
const data: Record<string, DataDeclaration> = { jobs: queue(), files: bucket() };

interface OwnChange {
  /** Whether it has an internal load balancer, `main-internal`. */
  hasInternal?: boolean;
}

/** A small environment, as a platform team composes it. */
export function composition(
  settings: Settings,
  { hasInternal = false, ...change }: Partial<EnvironmentResources> & OwnChange = {},
  networkArgs: NetworkArgs = adopted,
) {
  const specs = servicesOf(settings, {
    defaults: { cpuArchitecture: "ARM64", desiredCount: 1 },
    guardRails: { maxCount: 20 },
    data,
    capacityProviders: ["graviton"],
    serviceConnect: change.serviceConnect,
    internalLoadBalancer: hasInternal,
  });
  const network = new Network("main", networkArgs);
  const instances = new Ec2Capacity("graviton", { network, clusterName: "main", cpuArchitecture: "ARM64", instanceType: "m7g.large" });
  return deployServices({
    settings,
    specs,
    network,
    cluster: new Cluster("main", { capacity: [instances] }),
    loadBalancer: change.loadBalancer ?? new LoadBalancer("main", { network }),
    internalLoadBalancer: hasInternal ? new LoadBalancer("main-internal", { network, internal: true }) : undefined,
    serviceDiscovery: new ServiceDiscovery("main", { network, namespaceName: "main.internal" }),
    data: createData(data, { network, deletionProtection: false }),
    forceDeleteRepositories: true,
    logs: { retentionInDays: 7 },
    ...change,
  });
}

/** A composition file that hands over to {@link composition}. */
export const compositionOf = (
  change: Pick<Partial<EnvironmentResources>, "serviceConnect" | "forceDeleteRepositories"> & OwnChange = {},
  networkArgs: NetworkArgs = adopted,
) =>
  `module.exports = { default: (settings) => require(${JSON.stringify(join(__dirname, "harness.ts"))}).composition(settings, ${JSON.stringify(change)}, ${JSON.stringify(networkArgs)}) };\n`;
export const compositionFile = compositionOf();

/** The plan of a stack of the project, as both engines start it. */
export function planOf(project: ProjectFolder, config: Record<string, string> = {}, { stack = "dev", hooks = {} } = {}): Promise<Plan> {
  const full = Object.fromEntries(Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `shop:${key}`, value]));
  return embeddedPlan({
    project: "shop",
    stack,
    config: { "aws:region": "eu-central-1", ...full },
    program: () => stackProgram({ root: project.root, stacks: join(project.root, "stacks") })(hooks),
  });
}

/** What a program that is refused says, and what the error is. */
export async function refusalOf(plan: Promise<Plan>): Promise<string> {
  return plan.then(
    () => "nothing: it was planned",
    (error: Error) => error.message,
  );
}

export const ofType = ({ resources }: Plan, type: string): PlanResource[] => resources.filter((resource) => resource.type === type);
export const named = (plan: Plan, type: string, name: string): PlanResource =>
  ofType(plan, type).find((resource) => resource.name === name)!;
