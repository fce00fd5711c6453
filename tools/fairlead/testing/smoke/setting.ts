import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan, PlanResource, Project } from "@fairlead/plan";

import { SmokeAccount } from "../../src/smoke/account";
import { Clone } from "../../src/smoke/clone";
import type { SmokeRun, SmokeStep } from "../../src/smoke/model";
import { PulumiFailure, type PulumiCli } from "../../src/smoke/pulumiCli";
import type { ChosenService } from "../../src/smoke/services";
import type { StoredResource } from "../../src/smoke/storedResource";
import { FixtureRepository } from "../fixtureRepository";
import { FakeAws } from "./fakeAws";
import { FakeEcs, revision, type DeploymentEnd } from "./fakeEcs";

/** How one `up` goes: the deployment that it asks ECS for, if any, and what Pulumi says where it fails. */
export interface Up {
  end?: DeploymentEnd;
  strategy?: string;
  statusReason?: string;
  back?: string;
  says?: string;
}

/** What a test says of the stack besides. */
interface Wanted extends Partial<Pick<SmokeRun, "emulator" | "backedUpClusters">> {
  plan?: Partial<PlanResource>[];
  resources?: StoredResource[];
  changed?: Partial<ChosenService>;
}

/** Steps in a clone of the tests' repository, with an AWS and a Pulumi of which each test says how they go. */
export class SmokeSetting {
  readonly aws = new FakeAws();
  private readonly repository = new FixtureRepository();
  private readonly clones: Clone[] = [];
  private endpoint = "";

  async open(): Promise<void> {
    this.repository.write("package.json", "{}");
    this.repository.write("tools/fairlead/bin/fairlead.js", "");
    this.repository.write(".gitignore", "node_modules\n");
    this.repository.commit("What smoke needs");
    this.endpoint = await this.aws.listen();
  }

  close(): void {
    this.aws.close();
    for (const clone of this.clones) clone.remove();
    this.repository.remove();
  }

  /** @param ups how one `up` after the other goes; well, where there are no more of them */
  run(ups: Up[] = [], { plan = [], resources = [], changed = {}, ...others }: Wanted = {}) {
    const folder = this.repository.folder;
    this.aws.ecs = new FakeEcs();
    const clone = Clone.make({ root: folder, configFolder: join(folder, "stacks") } as Project, "dev");
    this.clones.push(clone);
    const left = [...ups];
    const asked: { command: string; manifest: string }[] = [];
    let [revisions, waited] = [1, 0];
    const change = (command: string): Promise<string> => {
      asked.push({ command, manifest: readFileSync(join(clone.project, "apps/api/service.yaml"), "utf8") });
      const { end, says, ...deployment } = (command === "up" && left.shift()) || { end: "SUCCESSFUL" as const };
      if (end) this.aws.ecs.deploy(revision(++revisions), end, deployment);
      return says === undefined ? Promise.resolve("") : Promise.reject(new PulumiFailure(says));
    };
    const service = {
      urn: "urn:pulumi:dev::p::aws:ecs/service:Service::api",
      type: "aws:ecs/service:Service",
      inputs: { cluster: "c", name: "api" },
    };
    const stored = [service, ...resources];
    const services = { all: ["api"], retired: undefined, changed: { ...api, ...changed } };
    const values = {
      "aws:region": "us-east-1",
      "aws:accessKey": "k",
      "aws:secretKey": "s",
      "aws:endpoints": JSON.stringify([this.endpoints]),
    };
    const run: SmokeRun = {
      ...{
        stack: "dev",
        id: "dev-1",
        clone,
        services,
        region: "us-east-1",
        emulator: undefined,
        backedUpClusters: [],
        account: new SmokeAccount(values),
      },
      pulumi: { change, resources: () => Promise.resolve(stored) } as unknown as PulumiCli,
      plan: planOf(plan),
      ...others,
      wait: (seconds) => Promise.resolve(void (waited += seconds)),
      interrupted: () => false,
    };
    return { run, asked, waited: () => waited };
  }

  private get endpoints(): Record<string, string> {
    return Object.fromEntries(["sts", "ec2", "ecs", "iam", "kms", "resourcegroupstaggingapi"].map((service) => [service, this.endpoint]));
  }
}

const api: ChosenService = {
  ...{ name: "api", file: "apps/api/service.yaml", routes: [{ path: "/api/*" }], routesTo: [{ path: "/api/*" }], calls: [], before: [] },
  ...{ runtimePlatform: { cpuArchitecture: "ARM64" }, build: { dockerfile: "apps/api/Dockerfile" }, environment: {} },
};

/** A plan of resources that say what a test is about. */
export function planOf(resources: Partial<PlanResource>[]): Plan {
  const others = { urn: "", name: "", parent: null, custom: true, inputs: {}, dependencies: [], propertyDependencies: {}, options: {} };
  return { version: 1, project: "p", stack: "dev", outputs: {}, resources: resources.map((each) => ({ ...others, type: "", ...each })) };
}

/** A step by its title. */
export function stepOf(steps: readonly SmokeStep[], title: string): SmokeStep {
  return steps.find((step) => step.title === title)!;
}
