import { bindingVariables, calleeVariable } from "@fairlead/model";

import type { InferredCall } from "../write/imported";
import type { DataService } from "./dataServices";
import { addCall, isCallable } from "./hosts";
import type { ServiceTranslation } from "./serviceTranslation";

/** Of one host in one service more tell no more. */
const mostTold = 3;

/** Tells where sources name hosts that Compose alone answers to. Files that were mounted, and are written anew, name the others as DNS does. */
export function tellSourceHosts(
  taken: readonly ServiceTranslation[],
  data: readonly DataService[],
  domain: string,
  calls: InferredCall[],
): void {
  for (const translation of taken) {
    for (const { translation: other, name, image } of data) {
      const found = translation.mentions.get(other.key) ?? [];
      if (found.length === 0) continue;
      if (!translation.uses.has(name)) translation.uses.set(name, { as: {} });
      const { environment, secrets } = bindingVariables(image.kind, name);
      const instead = [...Object.values(environment), ...Object.values(secrets)].join(", ");
      const tls = image.kind === "cache" ? " The URL is rediss://, over TLS." : "";
      for (const { place, host } of found.slice(0, mostTold))
        translation.say(
          {
            outcome: "decide",
            source: host,
            to: `uses[${name}]`,
            text: `The source names the host "${host}", which nothing here answers to: read ${instead}, which uses brings.${tls}`,
          },
          place,
        );
    }
    for (const other of taken) if (isCallable(other)) tellOfCallee(translation, other, domain, calls);
  }
}

function tellOfCallee(translation: ServiceTranslation, other: ServiceTranslation, domain: string, calls: InferredCall[]): void {
  const [first, ...more] = translation.mentions.get(other.key) ?? [];
  if (!first) return;
  const isOwn = (file: string) => translation.ownFiles.has(file);
  addCall(
    translation,
    other,
    isOwn(first.place.file) ? "sure" : "likely",
    `the source, ${first.place.file}:${first.place.line}`,
    calls,
    first.place,
  );
  for (const { place, host } of [first, ...more].filter((each) => !isOwn(each.place.file)).slice(0, mostTold))
    translation.say(
      {
        outcome: "decide",
        source: host,
        to: `calls: [${other.service}]`,
        text: `The source names the host "${host}", which nothing here answers to: read ${calleeVariable(other.service)}, or name ${other.service}.${domain}.`,
      },
      place,
    );
}
