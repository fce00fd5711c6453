import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serviceSchema } from "@fairlead/manifest";
import { dataKinds, type DataKind } from "@fairlead/model";
import { planOfStack, readProject, stacksOf, type Plan } from "@fairlead/plan";
import { enforcementOf, evaluate, readExceptions } from "@fairlead/policy";
import { imagesOfTasks } from "@fairlead/report";
import { parse } from "yaml";

import { componentsOf, root } from "../testing/components";
import { earlyStarts } from "../testing/earlyStarts";
import { hasKey, keysOf } from "../testing/schemaKeys";

const examples = join(root, "examples");
/** The examples that are there: somebody's repository may have none. */
const folders = existsSync(examples)
  ? readdirSync(examples)
      .map((name) => join(examples, name))
      .filter((folder) => existsSync(join(folder, "Pulumi.yaml")))
  : [];
const stacks = folders.flatMap((folder) => stacksOf(folder).map((stack) => ({ folder, stack })));

test("every folder in examples/ has a stack", () => {
  for (const folder of folders) expect([folder, stacksOf(folder)]).not.toEqual([folder, []]);
});

/** Packages of components. */
const componentPackages = ["access", "data", "environment", "foundation", "networking", "observability", "registry", "services"];

/** The services of a folder whose image is built, and not named. */
function builtServices(apps: string): string[] {
  const imageOf = (name: string) => (parse(readFileSync(join(apps, name, "service.yaml"), "utf8")) as { image?: string }).image;
  return readdirSync(apps)
    .filter((name) => imageOf(name) === undefined)
    .sort();
}

const plans = new Map<string, Plan>();
beforeAll(async () => {
  for (const { folder, stack } of stacks) plans.set(stack, await planOfStack(readProject(stack, [], folder), stack));
});

for (const { folder, stack } of stacks) {
  describe(`the example ${stack}`, () => {
    test("gives every container that is built a digest of an image that covers the task's platform", () => {
      const services = builtServices(join(folder, "apps"));
      const built = imagesOfTasks(plans.get(stack)!).filter(({ covers }) => covers !== undefined);
      expect(built.map(({ container }) => container).sort()).toEqual(services);
      for (const { image, covers } of built) {
        expect(covers).toBe(true);
        expect(image).toMatch(/#digest\}$|Index::[\w-]+#ref\}$/);
      }
    });

    test("refers to no resource that is not in it", () => {
      const { resources } = plans.get(stack)!;
      const urns = new Set(resources.map(({ urn }) => urn));
      for (const { dependencies, parent } of resources) {
        for (const urn of parent ? [parent, ...dependencies] : dependencies) expect(urns).toContain(urn);
      }
    });

    test("starts nothing before what it can't work without", () => {
      expect(earlyStarts(plans.get(stack)!)).toEqual([]);
    });

    test("breaks no rule that is not excepted, where policy is mandatory", () => {
      const enforcement = enforcementOf(readProject(stack, [], folder), stack);
      const { findings } = evaluate(plans.get(stack)!, readExceptions(join(folder, "policy-exceptions.yaml")));
      expect(enforcement === "mandatory" ? findings : []).toEqual([]);
    });
  });
}

const everything = join(examples, "everything");

/** Most keys of a sidecar are those of the service's own container, where they are shown. */
const sidecarKey = /^sidecars\.\*\.(?!image|essential)/;

/** Components that are not in the plan of examples/everything, and why. */
const componentsWithoutExample: Record<string, string> = {
  ExistingLoadBalancer: "it is of who moves here with a load balancer of theirs, and everything makes its own",
  GitHubActionsAccess: "it belongs to an account, and the stack access has it",
  ManagedInstances: "the AWS provider that judges the plan of everything is older than it",
  OperatorAccess: "it belongs to an account, and the stack access has it where it is told who the people are",
  PromotedImage: "everything builds its images, and there is no environment before it that it could take them over from",
};

/** The manifests of everything. */
function manifestsOfEverything() {
  const files = readdirSync(join(everything, "apps")).map((name) => join(everything, "apps", name, "service.yaml"));
  return files.map((file) => parse(readFileSync(file, "utf8")) as { uses?: { name: string }[] });
}

/** The component of a kind of data. */
const componentOf = (kind: DataKind) => `fairlead:data:${kind[0]!.toUpperCase()}${kind.slice(1)}`;

(existsSync(everything) ? describe : describe.skip)("examples/everything shows all that there is", () => {
  test("every key of service.yaml", () => {
    const manifests = manifestsOfEverything();
    const isShown = (key: string) => hasKey(manifests, key.replace(sidecarKey, ""));
    expect(keysOf(serviceSchema).filter((key) => !isShown(key))).toEqual([]);
  });

  test("every kind of data, and a service that is bound to it", () => {
    const used = new Set(manifestsOfEverything().flatMap(({ uses = [] }) => uses.map(({ name }) => name)));
    const bound = new Set(
      plans
        .get("everything")!
        .resources.filter(({ name }) => used.has(name))
        .map(({ type }) => type),
    );
    expect(dataKinds.filter((kind) => !bound.has(componentOf(kind)))).toEqual([]);
  });

  test("every component", () => {
    const shown = new Set(plans.get("everything")!.resources.map(({ type }) => type));
    const missing = componentsOf(componentPackages).filter(({ type }) => !shown.has(type));
    expect(missing.map(({ name }) => name).sort()).toEqual(Object.keys(componentsWithoutExample).sort());
  });
});
