import { takenBy } from "@fairlead/model";

import type { Rule } from "./rule";

/** A service has a log group and a repository by its name, in each environment, and environments have some of their own beside them. */
export const ownNamesOfEnvironments: Rule = ({ spec: { name }, locate }) => {
  const taken = new Map(Object.entries(takenBy)).get(name);
  if (taken === undefined) return [];
  return [
    {
      code: "FL1046",
      ...locate(["name"]),
      problem: `name is "${name}", which is ${taken} in every environment`,
      expected: `any name but ${Object.keys(takenBy).join(", ")}`,
      consequence: "AWS would refuse the second of the two.",
      fix: "Give the service another name.",
    },
  ];
};
