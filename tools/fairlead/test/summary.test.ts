import { summaryOf, type StackSummary } from "@fairlead/report";

import { plansOf, reportOfLastCommit } from "../testing/changes";
import { FixtureRepository } from "../testing/fixtureRepository";

test("a change's summary has what changes alone, of those services that were asked for", async () => {
  const repository = new FixtureRepository();
  try {
    const before = await plansOf(repository, ["dev"]);
    for (const service of ["api", "web"]) {
      repository.edit(`apps/${service}/service.yaml`, (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));
    }
    repository.commit("memory");
    const report = await reportOfLastCommit(repository, before);
    const services = (named?: string[]) => summaryOf(report, named).stacks.flatMap((stack) => ("services" in stack ? stack.services : []));
    expect(services().map(({ service }) => service)).toEqual(["api", "web"]);
    expect(services(["web"])).toEqual([expect.objectContaining({ service: "web", lines: ["memory 512 → 1024 MiB"] })]);
    const [{ resources }] = summaryOf(report, ["web"]).stacks as [StackSummary];
    expect(resources.map(({ type }) => type)).toContain("aws:ecs/taskDefinition:TaskDefinition");
    expect(JSON.stringify(resources)).not.toContain("dev-api");
    expect(JSON.stringify(summaryOf(report)).length).toBeLessThan(20_000);
    expect(() => summaryOf(report, ["wep"])).toThrow('There is no service "wep" on either side. Services: accounts-migration, api, ');
  } finally {
    repository.remove();
  }
});

test("what holds a change is told of whatever service is asked for, and so is what is allowed and not needed", async () => {
  const repository = new FixtureRepository();
  try {
    const before = await plansOf(repository, ["dev"]);
    repository.git("rm", "-rq", "apps/report-writer");
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const urn = "urn:pulumi:dev::fairlead::aws:sqs/queue:Queue::gone";
    repository.write(
      "stacks/allowed-changes.yaml",
      `allowed:\n  - { stack: dev, reason: done, until: "${until}", dangers: { delete: ["${urn}"] } }\n`,
    );
    repository.commit("a service less");
    const report = await reportOfLastCommit(repository, before);
    const summary = summaryOf(report, ["api"]);
    expect(summary).toMatchObject({ grade: "stop", refused: true });
    const [dev] = summary.stacks as [StackSummary];
    expect(dev.dangers).toEqual(dev.held);
    expect(dev.held).toMatchObject([{ kind: "delete", grade: "stop", title: expect.stringContaining("report-writer") as string }]);
    expect(dev.unused).toEqual([{ stack: "dev", kind: "delete", urn, reason: "done", until }]);
  } finally {
    repository.remove();
  }
});
