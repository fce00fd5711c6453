import { isMap } from "@fairlead/model";
import { isReference, isSecret, signatureKey } from "@fairlead/plan";

import { referredTo, type Deployed } from "./deployed";

/** A value that has to be filled in: only AWS knows it, or it is a secret. */
export interface OpenValue {
  /** What stands in its place, such as `<arn of aws:iam/role:Role api-task>`. No API of AWS takes it. */
  text: string;
  why: "known after deployment" | "secret";
}

const reference = /\$\{(urn:pulumi:[^#}]+)#([^}]+)\}/g;

/** Values as they are written: what isn't known, and every secret, is a text that says what belongs there. */
export class OpenValues {
  private readonly found = new Map<string, OpenValue>();

  constructor(private readonly deployed: Deployed) {}

  /** All that were written, once each. */
  get all(): OpenValue[] {
    return [...this.found.values()];
  }

  /** @param what it is of, for a secret: `environment of api` */
  plain(value: unknown, what: string): unknown {
    if (isReference(value)) return this.reference(...split(value.$output));
    if (isSecret(value) || (isMap(value) && signatureKey in value)) return this.open(`<secret: ${what}>`, "secret");
    if (typeof value === "string") return value.replace(reference, (_, urn: string, attribute: string) => this.reference(urn, attribute));
    if (Array.isArray(value)) return value.map((item) => this.plain(item, what));
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.plain(item, `${key} of ${what}`)]));
  }

  /** A cluster by its name, which is known before AWS has it where the program gives one. */
  cluster(value: unknown, what: string): unknown {
    const name = referredTo(value, "aws:ecs/cluster:Cluster", this.deployed)?.inputs.name;
    return typeof name === "string" && !name.includes("${") ? name : this.plain(value, `cluster of ${what}`);
  }

  private reference(urn: string, attribute: string): string {
    const [, , type, ...name] = urn.split("::");
    return this.open(`<${attribute} of ${type!.split("$").at(-1)} ${name.join("::")}>`, "known after deployment");
  }

  private open(text: string, why: OpenValue["why"]): string {
    this.found.set(text, { text, why });
    return text;
  }
}

function split(output: string): [urn: string, attribute: string] {
  const at = output.lastIndexOf("#");
  return [output.slice(0, at), output.slice(at + 1)];
}
