import type { Field } from "../fields/field";
import { withoutPlaceholders } from "./placeholder";
import { container } from "./steps/container";
import { mainImage, type Account } from "./steps/image";
import { logs } from "./steps/logs";
import { ownCredentials } from "./steps/repositoryCredentials";
import { sidecar } from "./steps/sidecars";
import { platform, size } from "./steps/size";
import { mainPort, traffic } from "./steps/traffic";
import { mountPoints, volumes } from "./steps/volumes";
import { textOf } from "./textOf";
import type { TaskDefinitionTranslation } from "./translation";

/** What of a task definition only its file, and the others that are imported, say. */
export interface TranslateOptions {
  account: Account;
  /** Whether a load balancer leads to it. */
  isPublic: boolean;
}

/** A task definition as what is said of it here. What becomes of each key is told to the claims. */
export function translate(translation: TaskDefinitionTranslation, { account, isPublic }: TranslateOptions): void {
  const { root, context, service } = translation;
  const containers = namedContainers(translation);
  const main = mainOf(containers, context.workflow?.container);
  if (!main) return;
  const family = root.at("family");
  family?.claim(
    family.text() === service ? {} : { outcome: "changed", was: family.text(), now: service, text: "a service is named in small letters." },
  );
  size(translation, containers);
  platform(translation);
  const nameOf = sidecarNames(containers, main, service);
  const was = textOf(main, "name");
  const text = "it is the service's own container, and has its name.";
  main.at("name")!.claim(was === service ? { to: undefined } : { outcome: "changed", to: undefined, was, text });
  mainImage(translation, main, account);
  ownCredentials(translation, main);
  mainPort(translation, main);
  const essential = main.at("essential");
  essential?.claim(
    essential.boolean()
      ? { to: undefined }
      : { outcome: "changed", to: undefined, text: "the task ends with the service's own container." },
  );
  for (const key of ["cpu", "memory"])
    main.at(key)?.claim({ outcome: "changed", to: undefined, text: "it is the task that has a size; what sidecars have of it is theirs." });
  container(translation, main, [], nameOf);
  traffic(translation, main, isPublic);
  mountPoints(translation, main, []);
  logs(translation, main, true);
  for (const other of containers) if (other !== main) sidecar(translation, other, nameOf, account);
  volumes(translation);
  if (context.workflow) {
    const text =
      "GitHub's workflows deploy the environments (docs/workflows.md): remove the steps that register the task definition once this one serves.";
    translation.say({ outcome: "changed", source: "jobs", to: ".github/workflows", text }, context.workflow.place);
  }
}

/** Whether a task definition's own container has a port. */
export function hasPort(translation: TaskDefinitionTranslation): boolean {
  const main = mainOf(itemsOf(translation), translation.context.workflow?.container);
  return (childList(main, "portMappings") ?? 0) > 0;
}

function itemsOf({ root }: TaskDefinitionTranslation): Field[] {
  return root.at("containerDefinitions")?.items() ?? [];
}

function namedContainers(translation: TaskDefinitionTranslation): Field[] {
  const items = itemsOf(translation);
  if (items.length === 0) translation.root.at("containerDefinitions")?.refuse("a container at least");
  return items.filter((item) => {
    if (textOf(item, "name")) return true;
    item.refuse("a container with a name");
    return false;
  });
}

/** The one whose image the workflow fills in; else the first that has a port, is no router, and is essential. */
function mainOf(containers: readonly Field[], named: string | undefined): Field | undefined {
  const own = containers.filter((each) => textOf(each, "name") === named);
  const programs = containers.filter(({ node }) => node.kind === "map" && childList({ node }, "firelensConfiguration") === undefined);
  const essential = programs.filter((each) => textOf(each, "essential") !== "false");
  const withPort = essential.filter((each) => (childList(each, "portMappings") ?? 0) > 0);
  return own[0] ?? withPort[0] ?? essential[0] ?? programs[0] ?? containers[0];
}

/** How many things a key has; undefined where it isn't there. */
function childList(field: Pick<Field, "node"> | undefined, key: string): number | undefined {
  const node = field?.node.kind === "map" ? field.node.entries.get(key)?.value : undefined;
  if (!node || (node.kind === "scalar" && node.isNull)) return undefined;
  return node.kind === "list" ? node.items.length : 1;
}

/** Names of containers here: the service's own has its name, and no other one may. A router of logs is none: Fairlead has one of its own. */
function sidecarNames(containers: readonly Field[], main: Field, service: string): (container: string) => string | undefined {
  const names = new Map<string, string>();
  const taken = new Set([service]);
  for (const field of containers) {
    const name = textOf(field, "name")!;
    if (field === main) {
      names.set(name, service);
      continue;
    }
    if (field.at("firelensConfiguration")) continue;
    const plain = withoutPlaceholders(name).replaceAll(/[^A-Za-z0-9_-]+/g, "-") || "sidecar";
    let own = plain;
    for (let number = 2; taken.has(own); number++) own = `${plain}-${number}`;
    taken.add(own);
    names.set(name, own);
  }
  return (name) => names.get(name);
}
