import { join } from "node:path";
import { stackInAws, type StackInAws } from "@fairlead/operations";
import { planOfStack, readProject } from "@fairlead/plan";

import { root } from "../testing/components";

let names: StackInAws;
beforeAll(async () => {
  const project = readProject("everything", [], join(root, "examples/everything"));
  names = stackInAws(await planOfStack(project, "everything"), project.config);
});

test("what the components make has all the names by which people look at it and act on it", () => {
  expect(names).toMatchObject({ cluster: "everything", dashboard: "everything", region: "us-east-1" });
  // Their manifests name an image of others, which has no repository here.
  const ofOthers = ["admin", "metrics-agent", "status-page"];
  for (const { name, cluster, family, repository, manifest, containers, alarms } of [...names.services, ...names.jobs]) {
    expect({ name, cluster, family, repository }).toEqual({
      name,
      cluster: "everything",
      family: `everything-${name}`,
      repository: ofOthers.includes(name) ? undefined : `fairlead/everything/${name}`,
    });
    expect(manifest).toMatch(/service\.yaml$/);
    expect(containers[0]).toMatchObject({ name, logs: { region: "us-east-1" } });
    for (const alarm of alarms) expect(alarm).toMatch(`everything-${name}-`);
  }
});

test("of services it is known how many tasks run, what scales, and where requests come in", () => {
  expect(
    names.services.map(({ name, desiredCount, scaling, routes }) => [name, desiredCount, scaling?.maxCapacity, routes.length]),
  ).toEqual(
    expect.arrayContaining([
      ["storefront", 2, 30, 1],
      ["checkout", 3, undefined, 0],
      ["mailer", 2, 60, 0],
    ]),
  );
  expect(names.jobs.map(({ name, kind, schedule }) => [name, kind, schedule])).toEqual([
    ["nightly-export", "scheduled-job", "everything-nightly-export"],
    ["orders-migration", "job", undefined],
  ]);
});

test("of data it is known who may connect", () => {
  expect(names.data.map(({ name, usedBy }) => [name, usedBy])).toEqual(
    expect.arrayContaining([
      ["orders", ["checkout", "nightly-export", "orders-migration"]],
      ["sessions", ["storefront"]],
    ]),
  );
});
