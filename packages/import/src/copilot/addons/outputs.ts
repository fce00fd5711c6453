import { bindingVariables, type DataKind } from "@fairlead/model";

import type { AddonArgs } from "./addonArgs";
import type { AddonData } from "./exports";
import { outputPart } from "./outputPart";
import type { Output } from "./template";

/** The part of a binding that an output's value is: a secret of a database is all of its login. */
export function partOf(kind: DataKind, { of, value }: Output, type: string): string | undefined {
  if (kind === "postgres" && type === "AWS::SecretsManager::Secret") return "secret";
  return of === undefined ? undefined : outputPart(kind, of, value);
}

/** The variable that Copilot makes of an output's name. */
export const outputVariable = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();

/** What a service's variable is that Copilot makes of an output. */
export function tellOutput({ name, place }: Output, own: AddonData, part: string | undefined, args: AddonArgs & { service: string }): void {
  const { service, claims, isRead } = args;
  const variable = outputVariable(name);
  const { environment, secrets } = bindingVariables(own.kind, own.name);
  const instead: string[] = Object.values({ ...environment, ...secrets });
  if (instead.includes(variable)) return;
  const source = `Outputs.${name}`;
  if (part !== undefined) {
    const before = own.as[part];
    const all = [...new Set([...(before === undefined ? [] : [before].flat()), variable])];
    own.as[part] = all.length === 1 ? all[0]! : all;
    const told = { place, source, service, to: `uses: ${own.name}, as ${part}`, was: variable };
    if (part === "secret") claims.say({ ...told, outcome: "changed", text: secretOfData });
    else claims.say({ ...told, outcome: "exact" });
    return;
  }
  if (isRead(variable) === false) {
    claims.say({
      outcome: "changed",
      place,
      source,
      service,
      was: variable,
      text: "the variable is left out: no file that the image is built from names it.",
    });
    return;
  }
  claims.say({
    outcome: "decide",
    place,
    source,
    service,
    to: "uses",
    was: variable,
    text: `The program reads ${variable}; here it gets ${instead.join(", ")}. Have it read these.`,
  });
}

/** What is said of a variable that had the secret of a database. */
export const secretOfData =
  "it is JSON with the same keys (username, password, engine, host, port, dbname, dbClusterIdentifier), of a login that the service has for itself. The database takes connections with TLS alone.";
