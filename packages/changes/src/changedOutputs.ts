import { referencesIn } from "@fairlead/plan";

import type { Operation } from "./model";

/** Outputs that another version of what the resource makes gives another value; those of other types stay as they are in an update. */
const movedByUpdate: Record<string, readonly string[]> = {
  "docker-build:index:Image": ["digest", "ref", "contextHash"],
  "docker-build:index:Index": ["ref"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["latestVersion", "defaultVersion"],
};
const dynamicResource = "pulumi-nodejs:dynamic";

/** Which outputs will have another value after apply, as the engine finds them while it previews. */
export class ChangedOutputs {
  private readonly moved = new Map<string, readonly string[] | "all">();

  record(urn: string, type: string, operation: Operation): void {
    if (operation === "create" || operation === "replace") this.moved.set(urn, "all");
    else if (operation === "update") this.moved.set(urn, type.startsWith(dynamicResource) ? "all" : (movedByUpdate[type] ?? []));
  }

  /** Whether a value of the plan refers to one of them. */
  readonly has = (value: unknown): boolean =>
    referencesIn(value).some(({ urn, attribute }) => {
      const outputs = this.moved.get(urn);
      // A URN itself stays: what only waits for a resource does not change with it.
      if (attribute === "urn" || outputs === undefined) return false;
      return outputs === "all" || outputs.includes(attribute);
    });
}
