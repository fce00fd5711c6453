import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CreateNodesContext, ProjectConfiguration } from "@nx/devkit";
import { resetWorkspaceContext, setupWorkspaceContext } from "@nx/devkit/internal";

import { createNodes } from "../src/inference/plugin";
import { Workspace } from "../testing/workspace";

const workspace = new Workspace();
afterAll(() => workspace.delete());
afterEach(() => workspace.reset());

/** The projects that nx gets from the plugin, by name. */
async function projects(): Promise<Record<string, ProjectConfiguration>> {
  const list = (folder: string) => {
    const path = join(workspace.folder, folder);
    return existsSync(path) ? readdirSync(path).map((name) => `${folder}/${name}`) : [];
  };
  const manifests = list("apps").map((folder) => `${folder}/service.yaml`);
  const configurations = list("stacks").filter((file) => /\/Pulumi\..+\.yaml$/.test(file));
  // Each run of nx looks at the files anew.
  resetWorkspaceContext();
  setupWorkspaceContext(workspace.folder);
  const context = { workspaceRoot: workspace.folder, nxJsonConfiguration: {} } as CreateNodesContext;
  const nodes = await createNodes[1]([...manifests, ...configurations], undefined, context);
  const found = nodes.flatMap(([, result]) => Object.values(result.projects ?? {}));
  return Object.fromEntries(found.map((project) => [project.name!, project as ProjectConfiguration]));
}

/** Names of the projects; nx refuses to run where one depends on a project that is not there. */
async function runnableProjects(): Promise<string[]> {
  const found = await projects();
  const packages = readdirSync(join(workspace.folder, "packages")).map((folder) => `@fairlead/${folder}`);
  const known = [...Object.keys(found), ...packages];
  const dangling = Object.values(found).flatMap(({ implicitDependencies = [] }) =>
    implicitDependencies.filter((name) => !known.includes(name)),
  );
  expect(dangling).toEqual([]);
  return Object.keys(found).sort();
}

test("a stack's targets know the variables of the deployer's that its manifests read", async () => {
  const manifest = workspace.read("apps/orders/service.yaml");
  workspace.write("apps/orders/service.yaml", `${manifest}    deployerVariables: { DOMAIN: {} }\ndeployerVariables: { TAG: {} }\n`);
  const { live, roles } = await projects();
  expect(live!.targets!.preview!.inputs).toEqual(expect.arrayContaining([{ env: "DOMAIN" }, { env: "TAG" }]));
  expect(JSON.stringify(roles!.targets)).not.toContain("TAG");
});

test("nx affected -t preview touches what a change touches", () => {
  const all = ["live", "orders", "rehearsal", "shop", "trial"];
  const expected = {
    "apps/orders/src/main.js": ["live", "orders", "rehearsal", "trial"],
    "stacks/live.ts": ["live"],
    "stacks/Pulumi.trial.yaml": ["trial"],
    "stacks/promotions.rehearsal.yaml": ["rehearsal"],
    // What all environments share.
    "stacks/shared.ts": ["live", "rehearsal", "trial"],
    // What all stacks share.
    "stacks/usage.yaml": ["live", "rehearsal", "roles", "trial"],
    "stacks/environments.json": ["live", "rehearsal", "roles", "trial"],
    "packages/networking/package.json": all,
    "packages/access/package.json": ["roles"],
    "stacks/roles.ts": ["roles"],
    "README.md": [],
    "tools/some/main.ts": [],
  };
  expect(workspace.affectedBy(Object.keys(expected))).toEqual(expected);
});

test("projects have the targets of their kind, for the environments that there are", async () => {
  workspace.write("apps/orders/package.json", '{ "scripts": { "test": "node --test" } }');
  const { orders, roles } = await projects();
  expect(Object.keys(orders!.targets!).sort()).toEqual(["build-image", "inspect", "preview", "test", "up"]);
  expect(orders!.targets!.preview).toMatchObject({
    options: { command: "fairlead preview trial --service orders" },
    configurations: {
      trial: { command: "fairlead preview trial --service orders" },
      rehearsal: { command: "fairlead preview rehearsal --service orders" },
      live: { command: "fairlead preview live --service orders" },
    },
  });
  expect(orders!.targets!.inspect).toMatchObject({
    dependsOn: ["build-image"],
    options: { command: "fairlead inspect {projectRoot}/.fairlead/image.tar --run-if-possible --service orders --stack trial" },
    configurations: {
      live: { command: "fairlead inspect {projectRoot}/.fairlead/image.tar --run-if-possible --service orders --stack live" },
    },
  });
  expect(orders!.targets!.up!.configurations!.live).toEqual({ command: "fairlead needs pulumi && pulumi up --stack live" });
  expect((orders!.targets!["build-image"]!.options as { commands: string[] }).commands[0]).toBe("fairlead needs buildx");
  expect(Object.keys(roles!.targets!).sort()).toEqual(["destroy", "preview", "refresh", "up"]);
});

describe("nx goes on", () => {
  test("when a service is renamed in its manifest, and when services are deleted", async () => {
    expect(await runnableProjects()).toEqual(["live", "orders", "rehearsal", "roles", "shop", "trial"]);
    workspace.edit("apps/orders/service.yaml", (text) => text.replace("name: orders", "name: purchases"));
    expect(await runnableProjects()).toEqual(["live", "purchases", "rehearsal", "roles", "shop", "trial"]);
    workspace.remove("apps/shop");
    expect(await runnableProjects()).toEqual(["live", "purchases", "rehearsal", "roles", "trial"]);
    workspace.remove("apps");
    expect(await runnableProjects()).toEqual(["live", "rehearsal", "roles", "trial"]);
  });

  test("when environments are renamed, and when a package is deleted that they import", async () => {
    workspace.write("stacks/environments.json", '{ "environments": ["first"] }');
    for (const name of ["trial", "rehearsal"]) workspace.remove(`stacks/Pulumi.${name}.yaml`);
    workspace.write("stacks/Pulumi.first.yaml", workspace.read("stacks/Pulumi.live.yaml"));
    workspace.write("stacks/first.ts", workspace.read("stacks/live.ts"));
    workspace.remove("stacks/Pulumi.live.yaml");
    workspace.remove("packages/networking");
    expect(await runnableProjects()).toEqual(["first", "orders", "roles", "shop"]);
    expect((await projects()).shop!.targets!.preview!.options).toEqual({ command: "fairlead preview first --service shop" });
  });

  test("when files are half-written", async () => {
    workspace.write("apps/orders/service.yaml", "name: orders\nbuild:\n");
    workspace.write("apps/shop/service.yaml", "<<<<<<< HEAD\nname: [\n");
    workspace.write("apps/shop/package.json", "{");
    workspace.write("stacks/Pulumi.live.yaml", "config: [");
    workspace.write("stacks/environments.json", "{");
    expect(await runnableProjects()).toEqual(["live", "orders", "rehearsal", "roles", "shop", "trial"]);
  });
});

test("a service whose image others build has nothing to build or to inspect", async () => {
  workspace.edit("apps/shop/service.yaml", (text) => `${text}image: nginx:1.29\n`);
  const { shop } = await projects();
  expect(Object.keys(shop!.targets!)).toEqual(expect.arrayContaining(["preview", "up"]));
  expect(Object.keys(shop!.targets!)).not.toContain("build-image");
  expect(Object.keys(shop!.targets!)).not.toContain("inspect");
});
