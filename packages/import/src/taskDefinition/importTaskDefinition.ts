import { posix } from "node:path";
import type { FileProblem } from "@fairlead/model";

import { Claims } from "../findings/claims";
import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import { childOf, type MapNode } from "../source/sourceNode";
import type { Imported, ImportedService } from "../write/imported";
import { serviceName, untakenName } from "../write/serviceName";
import type { StackNeeds } from "../write/stackNeeds";
import { deployWorkflowOf } from "./deployWorkflow";
import { taskDefinitionOrigin } from "./origin";
import { withoutPlaceholders } from "./placeholder";
import { settle } from "./settle";
import { accountOf, type Account } from "./steps/image";
import { hasPort, translate } from "./translate";
import { TaskDefinitionTranslation } from "./translation";

/** How task definitions are to be taken over. */
export interface ImportTaskDefinitionArgs {
  files: SourceFiles;
  /** Of `files`. */
  paths: readonly string[];
  /** What the application is called. That of the only task definition by default, else `app`. */
  name?: string;
  /** The image of a service's own container, where a workflow fills it in. */
  image?: string;
  /** The environment that is written. */
  environment: string;
  /** Folder of the files as it is seen from the folder of a service that is written. */
  toWorkspace: (service: string) => string;
  lenient: boolean;
}

/** Takes task definitions over, each as a service of one environment, and says what becomes of every key. */
export function importTaskDefinition(args: ImportTaskDefinitionArgs): Imported {
  const { files, paths, environment, lenient } = args;
  const claims = new Claims();
  const problems: FileProblem[] = [];
  const sources = paths.flatMap((path): Source[] => {
    const source = read(files, path, problems, claims);
    return source ? [source] : [];
  });
  const taken = named(sources);
  const application = serviceName(args.name ?? (taken.length === 1 ? taken[0]!.name : "app"));
  let hasPublic = false;
  const services = taken.map(({ name, root, path, text }): ImportedService => {
    const workflow = deployWorkflowOf(files, path);
    const translation = new TaskDefinitionTranslation(name, root, {
      ...{ claims, problems, application, environment },
      ...(workflow && { workflow }),
      ...(args.image !== undefined && { image: args.image }),
      dockerfile: (file) => dockerfileOf(args, name, path, file),
    });
    const isPublic = !hasPublic && hasPort(translation);
    hasPublic ||= isPublic;
    translate(translation, { account: accountOf(text), isPublic });
    problems.push(...settle(translation, lenient));
    return { name, type: "ECS service", layers: { base: { name, ...translation.manifest }, environments: {} } };
  });
  return {
    origin: taskDefinitionOrigin,
    application,
    environments: [
      stackNeeds(
        application,
        environment,
        taken.map(({ text }) => accountOf(text)),
      ),
    ],
    services,
    data: [],
    calls: [],
    mentions: [],
    findings: claims.findings([environment]),
    problems,
  };
}

interface Source {
  path: string;
  text: string;
  root: MapNode;
}

/** A task definition, out of what `describe-task-definition` or `register-task-definition` wraps it in. */
function read(files: SourceFiles, path: string, problems: FileProblem[], claims: Claims): Source | undefined {
  const text = (files.read(path) ?? "").replace(/^\uFEFF/, "");
  const parsed = parseSource(path, text, "FL2901", "ECS");
  problems.push(...parsed.problems);
  if (!parsed.root) return undefined;
  const wrapped = childOf(parsed.root, "taskDefinition");
  const root = wrapped?.kind === "map" ? wrapped : parsed.root;
  if (root.kind === "map" && childOf(root, "containerDefinitions")?.kind === "list") {
    const tags = wrapped && childOf(parsed.root, "tags");
    if (tags)
      claims.claim(tags, {
        outcome: "changed",
        place: tags.place,
        source: "tags",
        to: "tags",
        text: "services have owner as a tag, and tags of their own.",
      });
    return { path, text, root };
  }
  problems.push({
    code: "FL2904",
    ...root.place,
    problem: "the file has no list of containerDefinitions",
    expected: "a task definition, as aws ecs register-task-definition --cli-input-json takes it",
    consequence: "ECS refuses it as well, so nothing was ever deployed with it.",
    fix: "Name the file that has them: aws ecs describe-task-definition --task-definition <family> > task-definition.json",
  });
  return undefined;
}

/** Services by the names of their families, each another one. */
function named(sources: readonly Source[]): (Source & { name: string })[] {
  const taken = new Set<string>();
  return sources.map((source) => {
    const family = childOf(source.root, "family");
    const own = family?.kind === "scalar" && !family.isNull ? family.text : posix.basename(source.path).replace(/\.json$/, "");
    const plain = serviceName(withoutPlaceholders(own) || "app");
    const name = untakenName(plain, (each) => taken.has(each));
    taken.add(name);
    return { ...source, name };
  });
}

/** A Dockerfile of the sources, seen from the folder of a service. Its path begins at the repository, or where the task definition lies. */
function dockerfileOf({ files, toWorkspace }: ImportTaskDefinitionArgs, service: string, path: string, file: string) {
  const candidates = [posix.join(posix.dirname(path), file), posix.normalize(file)];
  const found = candidates.find((each) => !each.startsWith("..") && files.read(each) !== undefined);
  if (found === undefined) return undefined;
  const here = (each: string) => posix.normalize(posix.join(toWorkspace(service), each)).replace(/(.)\/$/, "$1");
  return { context: here(posix.dirname(found)), dockerfile: here(found) };
}

function stackNeeds(application: string, name: string, accounts: readonly Account[]): StackNeeds {
  const only = (key: keyof Account) => {
    const found = new Set(accounts.flatMap((account) => account[key] ?? []));
    return found.size === 1 ? { [key === "id" ? "accountId" : key]: [...found][0] } : {};
  };
  return {
    existingData: [],
    ...{ name, namespaceName: `${application}.internal`, natGateway: false, containerInsights: false, flowLogs: false, accessLogs: false },
    ...{ networkLoadBalancer: false, serviceConnect: false, logRetentionDays: 30, alarms: false },
    ...only("id"),
    ...only("region"),
  };
}
