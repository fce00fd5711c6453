import type { Diagnostic } from "../diagnostic";
import type { Rule } from "./rule";

/** A folder of a container has one volume. */
export const mounts: Rule = ({ spec, offers, locate }) => {
  const bound = spec.uses.flatMap(({ name, containerPath }) =>
    offers.data?.[name] === "fileSystem" ? [{ folder: containerPath ?? `/mnt/${name}`, what: `uses has ${name}` }] : [],
  );
  const containers = [
    { path: [] as (string | number)[], container: spec, others: bound },
    ...Object.entries(spec.sidecars).map(([name, container]) => ({ path: ["sidecars", name], container, others: [] })),
  ];
  return containers.flatMap(({ path, container, others }) => {
    const taken = new Map(others.map(({ folder, what }) => [folder, what]));
    for (const folder of container.writableMounts ?? []) taken.set(folder, "writableMounts has it");
    return (container.mountPoints ?? []).flatMap(({ sourceVolume, containerPath }, index): Diagnostic[] => {
      const there = taken.get(containerPath);
      taken.set(containerPath, `${sourceVolume} is there`);
      if (there === undefined) return [];
      const where = [...path, "mountPoints", index, "containerPath"];
      return [
        {
          code: "FL1056",
          ...locate(where),
          problem: `${where.join(".")} is "${containerPath}", where another volume is: ${there}`,
          expected: "a folder for each volume",
          consequence: "ECS would refuse the task definition.",
          fix: `Mount ${sourceVolume} elsewhere, or leave out what is there.`,
        },
      ];
    });
  });
};
