import type { Statement } from "@fairlead/foundation";

import { invokeActions } from "./invokeActions";

const actions = [...new Set(Object.values(invokeActions).flat())].sort();
const ofSecrets = (action: string) => action.startsWith("secretsmanager:");

/** What a preview asks AWS: the registry's login, and what the program looks up. It reads no secret. */
export const previewStatements: Statement[] = [
  { Effect: "Allow", Action: actions.filter((action) => !ofSecrets(action)), Resource: "*" },
  { Effect: "Allow", Action: actions.filter(ofSecrets), Resource: "arn:aws:secretsmanager:*:*:secret:*" },
];
