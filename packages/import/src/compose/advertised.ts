import { withDomain } from "./hostNames";
import type { ServiceTranslation, Variable } from "./serviceTranslation";

/** Variables by which a broker tells its clients where to come: of Kafka's images. */
const advertisingVariable = /(?:^|_)ADVERTISED_(?:LISTENERS|HOST_NAME|HOST)$/i;
/** The same as a word of a command, of Redpanda. */
const advertisingFlag = /^--advertise-[a-z-]+-addr(?:=|\s+|$)/;
const thisMachine = ["localhost", "127.0.0.1"];

/** Whether clients are told by a variable where to come: for them localhost, and a plain name, are no address of the broker's. */
export function isAdvertised({ name }: Variable): boolean {
  return advertisingVariable.test(name);
}

/** Tells the clients of a broker the name that the environment's DNS has of it, in place of its name in Compose and of this machine's. */
export function advertise(translation: ServiceTranslation, domain: string): void {
  const hosts = [...translation.hosts, ...thisMachine];
  const full = `${translation.service}.${domain}`;
  for (const variable of translation.variables.filter(isAdvertised)) {
    if (variable.value === undefined || variable.unknown.length > 0) continue;
    const named = withDomain(variable.value, hosts, full);
    if (named === variable.value) continue;
    variable.value = named;
    variable.isTold = true;
    variable.field.claim({
      outcome: "changed",
      to: `environment.${variable.name}`,
      text: "its clients are told the name that the environment's DNS has; they reach it at containerPort.",
    });
  }
  for (const key of ["command", "entryPoint"] as const) {
    const words = translation.manifest[key] as string[] | undefined;
    const named = words?.map((word, index) => withAddress(words[index - 1] ?? "", word, (address) => withDomain(address, hosts, full)));
    if (!named || named.every((word, index) => word === words![index])) continue;
    translation.manifest[key] = named;
    translation.root.at(key === "command" ? "command" : "entrypoint")?.claim({
      outcome: "changed",
      to: key,
      text: "its clients are told the name that the environment's DNS has; they reach it at containerPort.",
    });
  }
}

/** A word with the address that it gives in place: behind its flag, or as the word after that. */
function withAddress(before: string, word: string, change: (address: string) => string): string {
  const flag = advertisingFlag.exec(word)?.[0];
  if (flag !== undefined) return `${flag}${change(word.slice(flag.length))}`;
  return /^--advertise-[a-z-]+-addr$/.test(before) ? change(word) : word;
}
