import { createHash } from "node:crypto";

import type { ComposeService } from "./model";

/** What a container has that runs for weeks: Docker keeps all that it says where nobody bounds it. */
export const boundedLog: Pick<ComposeService, "logging"> = {
  logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "2" } },
};

/** Compose doesn't make a container anew for the sake of a file's text: it does for a label that is another one with another text. */
export const labelOf = (text: string): Record<string, string> => ({
  "fairlead.text": createHash("sha256").update(text).digest("hex").slice(0, 16),
});
