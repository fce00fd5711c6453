import type { Binding } from "@fairlead/foundation";
import type { Access, BindingNames, DataKind } from "@fairlead/model";
import { Network } from "@fairlead/networking";
import { embeddedPlan, type Plan } from "@fairlead/plan";
import * as pulumi from "@pulumi/pulumi";

import { createData, type DataSettings } from "../src";
import { kindCases } from "./kindCases";

/** A statement of a binding, as the plan knows it. */
interface BoundStatement {
  Action: string | string[];
  Resource: string | string[];
}

/** Makes one data resource, named as its kind, and binds the service `api` to it. */
export async function bind(
  kind: DataKind,
  access: Access,
  settings: Partial<DataSettings> = {},
  declaration = kindCases[kind].declaration,
  { stack = "dev", as }: { stack?: string; as?: BindingNames } = {},
) {
  let binding: Binding = {};
  let statements: BoundStatement[] = [];
  const plan = await embeddedPlan({
    project: "shop",
    stack,
    config: {},
    program: async () => {
      const network = new Network("main", { vpcId: "vpc-0a1b2c3d4e5f60718" });
      const made = createData({ [kind]: declaration }, { network, deletionProtection: true, ...settings });
      binding = made.get(kind)!.bind({ serviceName: "api", access, as, parent: network });
      statements = await new Promise((resolve) =>
        pulumi.output(binding.statements ?? []).apply((values) => resolve(values as BoundStatement[])),
      );
    },
  });
  return { plan, binding, statements };
}

/** The inputs of each resource of a type, in the plan's order. */
export const inputsOf = ({ resources }: Plan, type: string) =>
  resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
