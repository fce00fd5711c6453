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
