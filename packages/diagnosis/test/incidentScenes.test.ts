import { DescribeServicesCommand, DescribeTasksCommand, ECSClient, ListTasksCommand } from "@aws-sdk/client-ecs";

import { areas, incidents } from "./incidents";

describe("incidents", () => {
  it("are at least eighty, twenty of them with something that leads astray, and 25 services are healthy or busy", () => {
    const broken = incidents.filter((each) => !("nothing" in each.expect));
    expect(broken.length).toBeGreaterThanOrEqual(80);
    expect(broken.filter(({ herring }) => herring).length).toBeGreaterThanOrEqual(20);
    expect(incidents.length - broken.length).toBeGreaterThanOrEqual(25);
  });

  it("have titles of their own, and say where they come from", () => {
    expect(new Set(incidents.map(({ title }) => title)).size).toBe(incidents.length);
    expect(incidents.filter(({ source }) => source.length < 7)).toEqual([]);
  });

  it.each(incidents.map((each) => [each.title, each] as const))("can be asked for: %s", async (_, each) => {
    const { account, service, clusterName: cluster, serviceName } = each.scene();
    const client = new ECSClient(account.clientConfig());
    if (!service) return expect(account.state.schedules).toHaveLength(1);
    const { services } = await client.send(new DescribeServicesCommand({ cluster, services: [serviceName] }));
    expect(services).toHaveLength(1);
    for (const desiredStatus of ["RUNNING", "STOPPED"] as const) {
      const { taskArns: tasks } = await client.send(new ListTasksCommand({ cluster, serviceName, desiredStatus }));
      if (tasks!.length > 0)
        expect((await client.send(new DescribeTasksCommand({ cluster, tasks: tasks!.slice(0, 100) }))).failures).toEqual([]);
    }
  });

  it("know each container that they speak of", () => {
    const unknown = Object.values(areas)
      .flat()
      .flatMap(({ title, containers = [], logs = {}, stopped = [] }) =>
        [...Object.keys(logs), ...stopped.flatMap(({ exits = {} }) => Object.keys(exits))]
          .filter((name) => name !== "app" && !name.startsWith("ecs-service-connect") && !containers.some((each) => each.name === name))
          .map((name) => `${title}: ${name}`),
      );
    expect(unknown).toEqual([]);
  });
});
