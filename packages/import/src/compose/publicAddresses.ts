import { variablePrefix } from "@fairlead/model";

import type { ServiceTranslation, Variable } from "./serviceTranslation";

const onThisMachine = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})(?!\d)/g;

/** The service whose published port on this machine a value names. */
export function publishedAt(value: string, services: readonly ServiceTranslation[]): ServiceTranslation | undefined {
  const ports = [...value.matchAll(/\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})\b/g)].map(([, port]) => port);
  return services.find((service) => service.ports.some(({ published }) => published !== undefined && ports.includes(published)));
}

/**
 * Writes a variable with URLs of services on this machine as the addresses at which others find them, which the environment knows. False where one of them has
 * none, or the text can't be made of variables.
 */
export function writePublicUrls(
  translation: ServiceTranslation,
  { name, value = "" }: Variable,
  services: readonly ServiceTranslation[],
): boolean {
  const urls = [...value.matchAll(onThisMachine)];
  const named = urls.map(([, port]) => services.find(({ publicPort }) => publicPort?.port.published === port));
  const rest = value.replaceAll(onThisMachine, "");
  if (urls.length === 0 || !/^[A-Za-z_]\w*$/.test(name) || rest.includes("${") || publishedAt(rest, services)) return false;
  const found = named.flatMap((service) => service ?? []);
  if (found.length < named.length) return false;
  const [first] = found;
  if (urls.length === 1 && rest === "") {
    translation.setEntry("publicUrls", name, first!.service);
    return true;
  }
  const variableOf = ({ service }: ServiceTranslation) => `${variablePrefix(service)}_PUBLIC_URL`;
  if (translation.variables.some((other) => found.some((service) => other.name === variableOf(service)))) return false;
  for (const service of found) translation.setEntry("publicUrls", variableOf(service), service.service);
  let index = 0;
  translation.setEntry(
    "composedEnvironment",
    name,
    value.replaceAll(onThisMachine, () => `\${${variableOf(found[index++]!)}}`),
  );
  return true;
}
