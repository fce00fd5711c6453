import { bindingVariables, calleeVariable } from "@fairlead/model";

import type { Finding } from "../findings/finding";
import type { InferredCall } from "../write/imported";
import type { DataService } from "./dataService";
import { addCall, isCallable } from "./hosts";
import type { ServiceTranslation } from "./serviceTranslation";
import type { SourceMention } from "./sourceMention";
import { isSpringDataSource, setSpringDataSource } from "./springSettings";

/** Of one host in one service more tell no more. */
const mostTold = 3;

/**
 * Tells where sources name hosts that Compose alone answers to. Files that were mounted, and are written anew, name the others as DNS does.
 *
 * @returns whether some name others by plain names, which the network has to look for in the domain
 */
export function tellSourceHosts(
  taken: readonly ServiceTranslation[],
  data: readonly DataService[],
  domain: string,
  calls: InferredCall[],
): boolean {
  let searchesNames = false;
  for (const translation of taken) {
    for (const each of data) {
      const { translation: other, name, image } = each;
      const found = translation.mentions.get(other.key) ?? [];
      if (found.length === 0) continue;
      if (!translation.uses.has(name)) translation.uses.set(name, { as: {} });
      const { environment, secrets } = bindingVariables(image.kind, name);
      const instead = [...Object.values(environment), ...Object.values(secrets)].join(", ");
      const tls = image.kind === "cache" ? " The URL is rediss://, over TLS." : "";
      const ofSpring = image.kind === "postgres" ? found.filter((mention) => isSpringDataSource(translation, mention)) : [];
      if (ofSpring.length > 0) setSpringDataSource(translation, each);
      for (const { place, host } of ofSpring.slice(0, mostTold))
        translation.say(
          {
            outcome: "changed",
            source: host,
            to: `uses[${name}]`,
            text: "Spring takes variables before its files: SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD say where the database is, and who logs in.",
          },
          place,
        );
      for (const { place, host } of found.filter((mention) => !ofSpring.includes(mention)).slice(0, mostTold))
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
    for (const other of taken) if (isCallable(other) && tellOfCallee(translation, other, domain, calls)) searchesNames = true;
  }
  return searchesNames;
}

/** Whether it is found by the plain name. */
function tellOfCallee(translation: ServiceTranslation, other: ServiceTranslation, domain: string, calls: InferredCall[]): boolean {
  const [first, ...more] = translation.mentions.get(other.key) ?? [];
  if (!first) return false;
  const isOwn = (file: string) => translation.ownFiles.has(file);
  addCall(
    translation,
    other,
    isOwn(first.place.file) ? "sure" : "likely",
    `the source, ${first.place.file}:${first.place.line}`,
    calls,
    first.place,
  );
  const foreign = [first, ...more].filter((each) => !isOwn(each.place.file));
  for (const mention of foreign.slice(0, mostTold)) {
    const told = toldOf(mention, other, domain);
    translation.say({ ...told, source: mention.host, to: `calls: [${other.service}]` }, mention.place);
  }
  return foreign.some((mention) => toldOf(mention, other, domain).outcome === "changed");
}

function toldOf(
  { host, port, asksDocker }: SourceMention,
  { service, manifest }: ServiceTranslation,
  domain: string,
): Pick<Finding, "outcome" | "text"> {
  const full = `${service}.${domain}`;
  if (asksDocker)
    return {
      outcome: "decide",
      text: `The source asks Docker's DNS (resolver 127.0.0.11) for "${host}": ask the VPC's, 169.254.169.253, for ${full}.`,
    };
  if (host.toLowerCase() !== service)
    return {
      outcome: "decide",
      text: `The source names the host "${host}", which nothing here answers to: read ${calleeVariable(service)}, or name ${full}.`,
    };
  if (port !== undefined && port !== manifest.containerPort)
    return {
      outcome: "decide",
      text: `The source calls "${host}" at port ${port}, and the one that others reach is ${String(manifest.containerPort)} (containerPort).`,
    };
  return {
    outcome: "changed",
    text: `tasks look for plain names in ${domain} (searchDomain of the network), and find ${full} there. What looks a name up once, as nginx does, is to be started anew when ${service} was deployed.`,
  };
}
