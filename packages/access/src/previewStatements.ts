import type { Statement } from "@fairlead/foundation";

import { invokeActions } from "./invokeActions";

/** What can be named of what is looked up; the rest AWS describes as a whole. */
const resources: [actions: RegExp, resource: string][] = [
  [/^secretsmanager:/, "arn:aws:secretsmanager:*:*:secret:*"],
  [/^kms:/, "arn:aws:kms:*:*:key/*"],
  [/^ecs:/, "arn:aws:ecs:*:*:service/*"],
  [/^ec2:GetManagedPrefixListEntries$/, "arn:aws:ec2:*:*:prefix-list/*"],
];
const resourceOf = (action: string) => resources.find(([actions]) => actions.test(action))?.[1] ?? "*";
const actions = [...new Set(Object.values(invokeActions).flat())].sort();

/** What a preview asks AWS: the registry's login, and what the program looks up. It reads no secret. */
export const previewStatements: Statement[] = [...new Set(actions.map(resourceOf))].map((resource) => ({
  Effect: "Allow",
  Action: actions.filter((action) => resourceOf(action) === resource),
  Resource: resource,
}));
