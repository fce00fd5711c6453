import { posix } from "node:path";

import type { Field } from "../../fields/field";
import { childOf, textOf } from "../../source/sourceNode";
import type { GeneratedSecrets } from "../generatedSecrets";
import type { ServiceTranslation } from "../serviceTranslation";

const own = /pass|pwd|(?:^|[-_.])pw(?:[-_.]|$)|jwt|session|cookie|signing|secret[-_.]?key/i;

/**
 * `secrets` of services: files that have a new value of the environment's, where only the project's own services have to agree on it. Of a database that AWS
 * looks after each service has a password of its own.
 */
export function secretFiles(taken: readonly ServiceTranslation[], data: readonly ServiceTranslation[], generated: GeneratedSecrets): void {
  const ofData = new Set(data.flatMap(({ root }) => (root.at("secrets")?.items() ?? []).map((item) => sourceOf(item))));
  for (const translation of taken)
    for (const field of translation.root.at("secrets")?.items() ?? []) {
      const source = sourceOf(field);
      if (source === undefined) {
        field.refuse("the name of a secret, or a map with source");
        continue;
      }
      if (ofData.has(source))
        field.claim({
          outcome: "decide",
          text: "Each service has a password of its own for the database, as a variable of its binding: let the program read that instead of the file.",
        });
      else if (own.test(source)) {
        const name = generated.ofFile(source);
        const before = translation.uses.get(name)?.containerPath;
        if (before !== undefined) {
          field.claim({
            outcome: "decide",
            text: `It is a file already, ${before}, and a service has each secret in one: let the program read that.`,
          });
          continue;
        }
        translation.uses.set(name, { as: {}, containerPath: targetOf(field, source) });
        field.claim({
          outcome: "changed",
          to: `uses[${name}].containerPath`,
          text: "the environment makes a new value, and the file is written before the program starts: only the project's own services have to agree on it.",
        });
      } else field.claim();
    }
}

function sourceOf(field: Field): string | undefined {
  return field.isMap ? textOf(childOf(field.node, "source")) : textOf(field.node);
}

function targetOf(field: Field, source: string): string {
  const target = (field.isMap && textOf(childOf(field.node, "target"))) || source;
  return target.startsWith("/") ? target : posix.join("/run/secrets", target);
}
