import { createHash } from "node:crypto";

import type { ComposeService } from "./model";
import { networkLabel } from "./names";

/** What a container has that runs for weeks: Docker keeps all that it says where nobody bounds it. */
export const boundedLog: Pick<ComposeService, "logging"> = {
  logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "2" } },
};

/** Compose doesn't make a container anew for the sake of a file's text: it does for a label that is another one with another text. */
export const labelOf = (text: string): Record<string, string> => ({
  "fairlead.text": digest(text),
});

export const definitionLabel = "fairlead.definition";

/**
 * What a container that ends by itself was made by, but for its image, as a label: whoever finds it ended knows whether another one would be the same. Compose's own digest says so of no container
 * that is on the network of another.
 */
export function withDefinition(service: ComposeService): ComposeService {
  const { image: _image, build: _build, develop: _develop, ...definition } = service;
  return service.restart === "no" && !service.labels?.[networkLabel]
    ? { ...service, labels: { ...service.labels, [definitionLabel]: digest(JSON.stringify(definition)) } }
    : service;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
