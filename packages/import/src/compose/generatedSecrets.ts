import { namesSecret } from "@fairlead/model";

import type { DataNeed } from "../write/imported";
import { serviceName, untakenName } from "../write/serviceName";
import { serverImage } from "./images/known";
import type { ServiceTranslation, Variable } from "./serviceTranslation";

/** Keys that a program signs or encrypts with, and that nobody issues: any random text is one. Not what a third party gives out. */
const signingKey =
  /^(?:(?:APP|API|ACCESS|REFRESH|ADMIN|USER|SERVER|BACKEND)_)?(?:(?:JWT|SESSION|COOKIE|AUTH|NEXTAUTH|BETTER_AUTH|CSRF|TOKEN)_(?:(?:ACCESS|REFRESH)_)?(?:SECRET(?:_KEY)?|SIGNING_KEY)|(?:DJANGO|FLASK|APP|RAILS)_SECRET(?:_KEY)?|SECRET(?:_KEY(?:_BASE)?)?)$/i;
const password = /(?:^|_)(?:PASSWORD|PASS|PASSWD|PWD)$/i;
/** Of an account that an image makes by itself as it starts for the first time. */
const firstAccount = /(?:ADMIN|ROOT|INITIAL)_(?:USER_)?(?:PASSWORD|PASS)$/i;
/** What Rails asks for at least, of what other programs ask no less for. */
const longest = /SECRET_KEY_BASE$/i;

/** A secret that the environment makes for several variables. */
interface Group {
  members: { service: ServiceTranslation; variable: Variable }[];
  name?: string;
}

/** Secrets of a project that only its own services have to agree on: the environment makes a new value for each. */
export class GeneratedSecrets {
  private readonly groups = new Map<string, Group>();
  private readonly files = new Map<string, string>();
  /** Entries of stacks/data.ts, of those that were asked for. */
  readonly needs: DataNeed[] = [];

  /** @param isTaken whether data has a name already */
  constructor(
    services: readonly ServiceTranslation[],
    private readonly isTaken: (name: string) => boolean,
  ) {
    const all = services.flatMap((service) => service.variables.map((variable) => ({ service, variable })));
    const made = new Set(all.filter(({ service, variable }) => isMadeHere(service, variable)).map(({ variable }) => valueKey(variable)));
    for (const member of all) {
      const key = valueKey(member.variable);
      if (!made.has(key) || !(password.test(member.variable.name) || signingKey.test(member.variable.name))) continue;
      const group = this.groups.get(key) ?? { members: [] };
      group.members.push(member);
      this.groups.set(key, group);
    }
    // A value that stands within another text, such as a URL, can't be another one there.
    for (const [key, { members }] of this.groups) {
      const text = members[0]!.variable.value;
      const isWithin = all.some(
        ({ variable: { value = "" } }) => text !== undefined && text !== "" && value !== text && value.includes(`:${text}@`),
      );
      const isFilledIn = all.some(({ variable }) => valueKey(variable) !== key && variable.unknown.some((name) => key === `\${${name}}`));
      if (isWithin || isFilledIn) this.groups.delete(key);
    }
  }

  /** The name of the secret that a variable has; undefined where it has none that is made here. */
  nameOf(variable: Variable): string | undefined {
    const group = this.groups.get(valueKey(variable));
    if (!group?.members.some((member) => member.variable === variable)) return undefined;
    if (group.name !== undefined) return group.name;
    const first = group.members.find(({ service, variable: each }) => isMadeHere(service, each))!.variable.name;
    return (group.name = this.declare(first));
  }

  /** The name of the secret that stands for one of the project's, which is a file in its services. */
  ofFile(source: string): string {
    const name = this.files.get(source) ?? this.declare(source);
    this.files.set(source, name);
    return name;
  }

  private declare(called: string): string {
    const isTaken = (wanted: string) => this.isTaken(wanted) || this.needs.some(({ name }) => name === wanted);
    const name = untakenName(serviceName(called), isTaken);
    this.needs.push({ name, declaration: longest.test(called) ? "secret({ length: 64 })" : "secret()" });
    return name;
  }
}

/** Whether a service of the project is where a secret begins. */
function isMadeHere({ baseImage, root }: ServiceTranslation, { name, value, unknown }: Variable): boolean {
  if ((value === "" && unknown.length === 0) || !namesSecret(name)) return false;
  if (signingKey.test(name)) return true;
  const isServer = baseImage !== undefined && serverImage(baseImage) !== undefined;
  return (isServer && password.test(name)) || (root.at("build") === undefined && firstAccount.test(name));
}

/** By what two variables are the same secret: a value, or the variable of the shell that it is taken from. */
export function valueKey({ name, value, unknown, raw }: Variable): string {
  if (value !== undefined && unknown.length === 0) return `=${value}`;
  const from = /^\$\{?(\w+)(?::?\?[^}]*)?\}?$/.exec(raw || `\${${name}}`)?.[1];
  return from === undefined ? (raw ?? "") : `\${${from}}`;
}
