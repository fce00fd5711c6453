import { bareHost } from "@fairlead/manifest";
import {
  containerVariableName,
  bindingVariables,
  likelySecret,
  namesSecret,
  portVariable,
  regionVariable,
  type DataKind,
  type LikelySecret,
} from "@fairlead/model";

import type { Claimed } from "../fields/field";
import type { DataService } from "./dataService";
import type { GeneratedSecrets } from "./generatedSecrets";
import { mentionsHost } from "./hostNames";
import type { Parameters } from "./parameters";
import { publishedAt, writePublicUrls } from "./publicAddresses";
import type { ServiceTranslation, Variable } from "./serviceTranslation";

const credentials = /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE)$/;
const developmentSetting =
  /^(?:NODE_ENV|FLASK_ENV|RAILS_ENV|APP_ENV|ENV|ENVIRONMENT|ASPNETCORE_ENVIRONMENT|GO_ENV|SPRING_PROFILES_ACTIVE)=(?:dev|development|local|test)$|^(?:DEBUG|DJANGO_DEBUG|FLASK_DEBUG|APP_DEBUG)=(?:1|true)$/i;

/** Writes the variables that are left once data and services are bound: values under `environment`, secrets by the name of a parameter. */
export function writeVariables(
  translation: ServiceTranslation,
  others: readonly ServiceTranslation[],
  data: readonly DataService[],
  { parameters, generated }: { parameters: Parameters; generated: GeneratedSecrets },
): void {
  const given = givenSecrets(translation, data);
  const givenOpenly = givenVariables(translation, data);
  const passwords = knownPasswords(data, [translation, ...others]);
  for (const variable of translation.variables)
    write(translation, variable, { others, given, givenOpenly, parameters, generated, passwords });
}

/** What the variables of a service are judged by. */
interface WriteContext {
  others: readonly ServiceTranslation[];
  given: ReadonlySet<string>;
  /** Names that bindings bring with values that are no secret, whose place a value of the service's own may take. */
  givenOpenly: ReadonlySet<string>;
  parameters: Parameters;
  generated: GeneratedSecrets;
  passwords: ReadonlySet<string>;
}

/** Passwords of the project's databases, under whatever name. One that is also a user, a database or a service tells nothing. */
function knownPasswords(data: readonly DataService[], services: readonly ServiceTranslation[]): Set<string> {
  const named = new Set([...services.flatMap(({ hosts }) => hosts), ...data.flatMap(({ login }) => [...login.user, ...login.database])]);
  const known = data.flatMap(({ login }) => login.password).filter((each) => each.length > 2 && !named.has(each) && !each.includes("$"));
  return new Set(known);
}

/** What stands in a committed file for a secret that belongs there. */
const placeholder =
  /^(?:<.*>|\*+|(?:change|replace|fill|set|your|insert|enter|put|todo|tbd|placeholder|example|dummy)(?:[-_ ]?[a-z]+)*[-_ !.]*)$/i;

function write(
  translation: ServiceTranslation,
  variable: Variable,
  { others, given, givenOpenly, parameters, generated, passwords }: WriteContext,
): void {
  const { name, value, unknown, field, isFromFile } = variable;
  const which = isFromFile ? `${name} of it: ` : "";
  const claim = (finding: Claimed) => field.claim({ ...finding, text: `${which}${finding.text ?? ""}` || undefined });
  if (!containerVariableName.test(name))
    return claim({
      outcome: "decide",
      to: "environment",
      text: "A variable's name has letters, digits, dots, hyphens and underscores alone here, a letter or an underscore first: give the program this setting in another form, such as a file of its image.",
    });
  if (credentials.test(name))
    return claim({
      outcome: "decide",
      to: "permissions",
      text: "A task has a role, and no keys: name what the program does in AWS under permissions, and leave the keys out of it.",
    });
  if (name === regionVariable)
    return claim({ outcome: "changed", to: "(the environment's region)", text: "a service has it from its environment." });
  if (given.has(name)) return claim({ outcome: "changed", to: "uses", text: "a binding brings a variable of this name." });
  const made = generated.nameOf(variable);
  if (made !== undefined) {
    const { as } = translation.uses.get(made) ?? { as: {} };
    translation.uses.set(made, { as: { ...as, value: as.value === undefined ? name : [as.value, name].flat() } });
    return claim({
      outcome: "changed",
      to: `uses[${made}].as.value`,
      text: "the environment makes a new value, which nobody has to type: only its own services have to agree on it. Secrets Manager shows it to whoever may see it.",
    });
  }
  if ((value === undefined || unknown.length > 0) && givenOpenly.has(name))
    return claim({ outcome: "changed", to: "uses", text: "a binding brings a variable of this name." });
  if (value === undefined || unknown.length > 0) return fromDeployer(translation, variable, parameters, claim);
  const secret = name === portVariable ? undefined : secretOf(name, value, passwords);
  if (secret && variable.isOfExample) return fromDeployer(translation, variable, parameters, claim);
  if (secret) {
    const { command } = parameters.read(translation, variable, true);
    return claim({
      outcome: "decide",
      to: `secrets.${name}`,
      text: `It ${secret.certainty === "sure" ? "is" : "may be"} a secret (${secret.what}), and its value was not taken over. Put a new one into Parameter Store: ${command}`,
    });
  }
  const gone = others.find(
    (other) =>
      (other.role === "development" || other.role === "inactive") &&
      mentionsHost(value, other.hosts) &&
      bareHost(name, value) !== undefined,
  );
  if (gone)
    return claim({
      outcome: "decide",
      to: `environment.${name}`,
      text: `It is the address of ${gone.key}, which is not taken over: name what stands in its place, or leave it out.`,
    });
  const host = bareHost(name, value);
  if (host !== undefined)
    return claim({
      outcome: "decide",
      to: `environment.${name}`,
      text: `Nothing here answers to the host "${host}": name the one that is meant, or bind the data under uses.`,
    });
  if (/(?:^|\/\/|@)host\.docker\.internal\b(?!,)/.test(value))
    return claim({
      outcome: "decide",
      to: `environment.${name}`,
      text: "It is the machine that Docker runs on: name the address that is meant.",
    });
  const published = variable.isOfItself
    ? undefined
    : (publishedAt(value, others) ?? publishedAt(value.replaceAll("0.0.0.0", ""), [translation]));
  if (published && writePublicUrls(translation, variable, others.concat(translation)))
    return claim({
      outcome: "changed",
      to: `publicUrls, for ${name}`,
      was: value,
      text: "as others than services find it: the environment knows its load balancer's name, or the service's host.",
    });
  translation.setEntry("environment", name, value);
  if (published)
    return claim({
      outcome: "decide",
      to: `environment.${name}`,
      was: value,
      text: `It is the address of ${published.key} on this machine: write the load balancer's, or the name that leads to it, once it is known.`,
    });
  if (developmentSetting.test(`${name}=${value}`))
    return claim({
      outcome: "exact",
      to: `environment.${name}`,
      text: "it is a setting of development: what is deployed mostly has another.",
    });
  if (!isFromFile && !variable.isTold) field.claim({ outcome: "exact", to: `environment.${name}` });
}

function secretOf(name: string, value: string, passwords: ReadonlySet<string>): LikelySecret | undefined {
  if (passwords.has(value)) return { certainty: "sure", what: "the password of a database of this project" };
  const found = likelySecret(name, value);
  if (found) return found;
  return namesSecret(name) && placeholder.test(value)
    ? { certainty: "perhaps", what: "what its name says, with a value that stands in for one" }
    : undefined;
}

/** Whoever runs Compose gives it a value, which nobody here knows: it is a parameter, and `up` refuses the service until that is there. */
function fromDeployer(
  translation: ServiceTranslation,
  variable: Variable,
  parameters: Parameters,
  claim: (finding: Claimed) => void,
): void {
  const { name, unknown } = variable;
  const from = variable.isOfExample
    ? "it from a file that is not committed"
    : `${fromShell({ name, unknown })} from the shell of whoever runs it`;
  if (name === portVariable && translation.manifest.containerPort !== undefined)
    return claim({ outcome: "changed", to: "containerPort", text: "a service has its port under this name, which is containerPort." });
  const isSecret = namesSecret(name) || unknown.some((each) => namesSecret(each)) || /_(?:URL|URI|DSN)$/.test(name);
  const { command, refusal } = parameters.read(translation, variable, isSecret);
  claim({
    outcome: "changed",
    to: `secrets.${name}`,
    text: `Compose takes ${from}. Here the whole value is a parameter: ${command}. ${refusal}`,
  });
}

const fromShell = ({ name, unknown }: Pick<Variable, "name" | "unknown">) =>
  unknown.length > 0 ? unknown.map((each) => `\${${each}}`).join(", ") : name;

/** Names that bindings bring, which ECS takes once. */
function givenSecrets({ uses }: ServiceTranslation, data: readonly DataService[]): Set<string> {
  const names = [...uses].flatMap(([name, { as }]) => {
    const kind: DataKind | undefined = data.find((each) => each.name === name)?.image.kind;
    return kind === undefined ? [] : [...Object.values(bindingVariables(kind, name).secrets), ...Object.values(as).flat()];
  });
  return new Set(names);
}

function givenVariables({ uses }: ServiceTranslation, data: readonly DataService[]): Set<string> {
  const bound = data.filter(({ name }) => uses.has(name));
  return new Set(bound.flatMap(({ name, image }) => Object.values(bindingVariables(image.kind, name).environment)));
}
