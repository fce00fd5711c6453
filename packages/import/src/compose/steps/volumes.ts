import { posix } from "node:path";

import type { Field } from "../../fields/field";
import { childOf, type SourceNode } from "../../source/sourceNode";
import type { ServiceTranslation } from "../serviceTranslation";
import { addWritable } from "./container";

/** A mount of a service. */
export interface Mount {
  field: Field;
  kind: "volume" | "bind" | "anonymous" | "tmpfs" | "other";
  source?: string;
  target: string;
  isReadOnly: boolean;
}

/** Folders of packages that are kept from a mount of the sources over them. */
const packages =
  /(?:^|\/)(?:node_modules|vendor|\.venv|venv|\.next|\.nuxt|target|bin|obj|__pycache__|\.pnpm-store|\.cache|\.yarn|\.gradle|\.m2|bundle|pkg\/mod|dist|build)(?:\/|$)/;
const configuration =
  /\.(?:conf|cnf|cfg|ini|ya?ml|json|toml|xml|properties|template|tmpl|sql|sh|pem|crt|key|cert|env|lua|vcl|rdb|acl|html|txt)$|(?:^|\/)(?:Caddyfile|conf\.d|certs?|ssl)\/?$/i;

/** `volumes`: file systems of named volumes; sources of development, which the image has. @param declared names of the project's volumes */
export function volumes(translation: ServiceTranslation, declareFileSystem: (volume: string) => string): void {
  for (const mount of mountsOf(translation)) {
    const { field, kind, source, target, isReadOnly } = mount;
    if (kind === "tmpfs") {
      addWritable(translation, [target]);
      field.claim({
        outcome: "changed",
        to: "writableMounts",
        text: "the folder is new at each start, on disk; the image has to declare it as a VOLUME of its user.",
      });
    } else if (kind === "anonymous" || (kind === "volume" && packages.test(target))) {
      const text = packages.test(target)
        ? "it keeps the image's packages from sources that are mounted over them: here nothing is."
        : "what is written there is the task's own, and new at each start.";
      field.claim(
        packages.test(target)
          ? { outcome: "dropped", to: undefined, text, isDevelopment: true }
          : { outcome: "changed", to: undefined, text },
      );
    } else if (kind === "volume") {
      const name = declareFileSystem(source!);
      translation.uses.set(name, { as: {}, containerPath: target, ...(isReadOnly ? { access: "read" } : {}) });
      field.claim({
        outcome: "changed",
        now: name,
        text: "a file system of EFS, which all of its tasks share; it begins empty, as a new volume does.",
      });
    } else if (kind === "bind") bind(translation, mount);
    else
      field.claim({
        outcome: "decide",
        to: undefined,
        text: "Such a mount has no form here: put the files into the image, or into a file system.",
      });
  }
}

/** What is mounted of the machine that Compose runs on. */
function bind(translation: ServiceTranslation, { field, source = "", target }: Mount): void {
  if (/docker\.sock$|podman\.sock$/.test(source)) {
    field.claim({
      outcome: "decide",
      to: undefined,
      text: "There is no Docker beside a task. What starts containers asks ECS instead, with permissions for ecs:RunTask; what only looks at them has no use here.",
    });
    return;
  }
  if (/^\/(?:etc\/(?:localtime|timezone)|usr\/share\/zoneinfo)/.test(source)) {
    field.claim({ outcome: "changed", to: "environment.TZ", text: "a task's clock is UTC: set TZ where a program needs another zone." });
    return;
  }
  const isOfMachine = /^(?:\/|~|[A-Za-z]:[\\/])/.test(source);
  const path = isOfMachine ? undefined : translation.inSource(source, field.node);
  const isSource = path !== undefined && translation.manifest.build !== undefined && isWithin(path, contextOf(translation));
  const isBuilt = translation.manifest.image === undefined;
  const isConfiguration = configuration.test(source) || configuration.test(target) || /^\/(?:etc|docker-entrypoint)/.test(target);
  if (isBuilt && !isConfiguration && (isSource || (path !== undefined && isWithin(path, contextOf(translation))))) {
    field.claim({
      outcome: "dropped",
      to: undefined,
      text: "sources that are mounted so that a change shows at once: the image has them. npm run local watches them.",
      isDevelopment: true,
    });
  } else if (isBuilt && !isConfiguration && path !== undefined && sourcesAt(translation, target)) {
    field.claim({
      outcome: "dropped",
      to: undefined,
      text: "sources that are mounted so that a change shows at once: the image has them. npm run local watches them.",
      isDevelopment: true,
    });
  } else if (isConfiguration) {
    field.claim({
      outcome: "decide",
      to: undefined,
      text: `Files are not mounted here: COPY ${source} into the image${isBuilt ? "" : ", by a Dockerfile that begins with FROM it, and build that"}.`,
    });
  } else {
    field.claim({
      outcome: "decide",
      to: undefined,
      text: `A folder of one machine: COPY ${source} into the image if the program reads it; name a volume, which becomes a file system, if it writes there.`,
    });
  }
}

/** Where images have their sources mostly. */
function sourcesAt(_: ServiceTranslation, target: string): boolean {
  return /^\/(?:app|code|src|usr\/src|workspace|var\/www|srv|home|work|opt\/app|go\/src)(?:\/|$)/.test(target);
}

/** Folder that is built from, relative to what is imported. */
function contextOf(translation: ServiceTranslation): string {
  const build = childOf(translation.node, "build");
  const context = build?.kind === "map" ? childOf(build, "context") : build;
  return context?.kind === "scalar" ? translation.inSource(context.text || ".", context) : ".";
}

function isWithin(path: string, folder: string): boolean {
  const from = posix.normalize(folder).replace(/\/$/, "");
  return from === "." || path === "."
    ? !path.startsWith("..")
    : path === from || path.startsWith(`${from}/`) || from.startsWith(`${path}/`);
}

/** The mounts of a service, in either form. */
export function mountsOf(translation: ServiceTranslation): Mount[] {
  const list = translation.root.at("volumes");
  if (list && !list.isList) list.refuse("a list of volumes");
  return (list?.items() ?? []).flatMap((field): Mount[] => {
    const mount = field.isMap ? longForm(field) : shortForm(field);
    if (!mount) field.refuse("[source:]target[:options], or a map with type and target");
    return mount ? [mount] : [];
  });
}

function longForm(field: Field): Mount | undefined {
  const text = (key: string) => textOf(childOf(field.node, key));
  const [type, source, target] = [text("type") ?? "volume", text("source"), text("target")];
  if (target === undefined) return undefined;
  const kind = type === "bind" || type === "tmpfs" ? type : type === "volume" ? (source === undefined ? "anonymous" : "volume") : "other";
  return { field, kind, source, target, isReadOnly: text("read_only") === "true" };
}

function shortForm(field: Field): Mount | undefined {
  const text = field.node.kind === "scalar" ? field.node.text : "";
  const parts = /^[A-Za-z]:[\\/]/.test(text)
    ? [text.slice(0, 2) + text.slice(2).split(":")[0]!, ...text.slice(2).split(":").slice(1)]
    : text.split(":");
  const [first, second, options = ""] = parts;
  if (!first) return undefined;
  if (second === undefined) return { field, kind: "anonymous", target: first, isReadOnly: false };
  const kind = /^[./~]|^[A-Za-z]:[\\/]/.test(first) || first.includes("/") ? "bind" : "volume";
  return { field, kind, source: first, target: second, isReadOnly: options.split(",").includes("ro") };
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.kind === "scalar" && !node.isNull && node.text !== "" ? node.text : undefined;
}
