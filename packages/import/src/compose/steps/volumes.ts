import type { Field } from "../../fields/field";
import { childOf, textOf } from "../../source/sourceNode";
import type { ServiceTranslation } from "../serviceTranslation";
import { bindMount, mountedOnce } from "./bindMounts";
import { addWritable } from "./container";
import type { Mount } from "./mount";

/** Folders of packages that are kept from a mount of the sources over them. */
const packages =
  /(?:^|\/)(?:node_modules|vendor|\.venv|venv|\.next|\.nuxt|target|bin|obj|__pycache__|\.pnpm-store|\.cache|\.yarn|\.gradle|\.m2|bundle|pkg\/mod|dist|build)(?:\/|$)/;
/** `volumes`: file systems of named volumes; sources of development, which the image has. @param declareFileSystem gives the name in stacks/data.ts of a volume's file system */
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
      if (translation.uses.has(name)) {
        field.claim({ outcome: "decide", text: mountedOnce(name, translation.uses.get(name)!.containerPath) });
        continue;
      }
      translation.uses.set(name, { as: {}, containerPath: target, ...(isReadOnly ? { access: "read" } : {}) });
      field.claim({
        outcome: "changed",
        now: name,
        text: "a file system of EFS, which all that mount it share. It begins empty: what the image has at that path is not copied into it, as Docker does with a new volume.",
      });
    } else if (kind === "unknown")
      field.claim({
        outcome: "decide",
        to: undefined,
        text: "Where it lies is known to whoever runs Compose alone: name a volume, or COPY what belongs there into the image.",
      });
    else if (kind === "bind") bindMount(translation, mount, declareFileSystem);
    else
      field.claim({
        outcome: "decide",
        to: undefined,
        text: "Such a mount has no form here: put the files into the image, or into a file system.",
      });
  }
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
  // A variable that nobody here knows leaves nothing of the source: that is told where it stands.
  if (!first) return text.startsWith(":/") ? { field, kind: "unknown", target: second!, isReadOnly: false } : undefined;
  if (second === undefined) return { field, kind: "anonymous", target: first, isReadOnly: false };
  const kind = /^[./~]|^[A-Za-z]:[\\/]/.test(first) || first.includes("/") ? "bind" : "volume";
  return { field, kind, source: first, target: second, isReadOnly: options.split(",").includes("ro") };
}
