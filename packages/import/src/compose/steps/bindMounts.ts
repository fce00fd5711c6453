import { posix } from "node:path";

import { childOf } from "../../source/sourceNode";
import { addedText, isExtensible } from "../extendedDockerfile";
import type { ServiceTranslation } from "../serviceTranslation";
import type { Mount } from "./mount";

const file = /(?:^|\/)[^/]*\.[A-Za-z0-9]{1,12}$|(?:^|\/)(?:Caddyfile|Makefile)$/;
const secretFile = /\.(?:pem|key|p12|jks|pfx)$|(?:^|\/)(?:certs?|ssl|secrets|letsencrypt|\.ssh|\.aws)(?:\/|$)|(?:^|\/)\.env[\w.-]*$/i;
const settings = /^\/(?:etc|docker-entrypoint|usr\/local\/etc)/;
const settingsFile = /\.(?:conf|cnf|cfg|ini|ya?ml|toml|xml|properties|template|tmpl|lua|vcl)$/i;
const development = "sources that are mounted so that a change shows at once: the image has them. npm run local watches them.";

/** What is mounted of the machine that Compose runs on: files that are committed go into the image, others can't follow. */
export function bindMount(translation: ServiceTranslation, mount: Mount, declareFileSystem: (volume: string) => string): void {
  const { field, source = "", target, isReadOnly } = mount;
  const decide = (text: string) => field.claim({ outcome: "decide", to: undefined, text });
  if (/(?:docker|podman)\.sock$/.test(source))
    return decide(
      "There is no Docker beside a task. What starts containers asks ECS instead, with permissions for ecs:RunTask; what only looks at them has no use here.",
    );
  if (/^\/(?:etc\/(?:localtime|timezone)|usr\/share\/zoneinfo)/.test(source))
    return field.claim({
      outcome: "changed",
      to: "environment.TZ",
      text: "a task's clock is UTC: set TZ where a program needs another zone.",
    });
  if (/^\/(?:proc|sys|dev|var\/run|run|var\/lib\/docker|lib\/modules)(?:\/|$)|^\/$/.test(source))
    return decide("It is of the machine's own system, which no task on Fargate sees.");
  const isOfMachine = /^(?:\/|~|[A-Za-z]:[\\/])/.test(source);
  const path = isOfMachine ? undefined : translation.inSource(source, field.node);
  const { paths } = translation.context.files;
  const isFile = path !== undefined && paths.includes(path);
  const isCommitted =
    isFile ||
    (path !== undefined && !path.startsWith("..") && (path === "." ? paths.length > 0 : paths.some((each) => each.startsWith(`${path}/`))));
  const isBuilt = translation.manifest.build !== undefined;
  if (secretFile.test(source))
    return decide(
      "Keys and certificates stay out of images: put them into Secrets Manager, and let the program read a variable; the load balancer has a certificate of its own.",
    );
  if (!isCommitted) {
    if (file.test(source) || path?.startsWith(".."))
      return decide(`${source} is not committed: COPY what belongs there into the image, or name it under environment.`);
    // Another folder of the same last name is another file system.
    const folder = source
      .replace(/^[./~]+/, "")
      .replace(/\/+$/, "")
      .replaceAll("/", "-");
    const name = declareFileSystem(folder === "" ? `${translation.service}-files` : folder);
    if (translation.uses.has(name)) return decide(mountedOnce(name, translation.uses.get(name)!.containerPath));
    translation.uses.set(name, { as: {}, containerPath: target, ...(isReadOnly ? { access: "read" } : {}) });
    return field.claim({
      outcome: "changed",
      to: "uses[].containerPath",
      now: name,
      text: "nothing is committed there, so the program writes it: a file system of EFS, which begins empty.",
    });
  }
  if (isBuilt) {
    const isSource = !settings.test(target) && !settingsFile.test(source) && !translation.manifest.image;
    if (isSource && (isWithin(path!, contextOf(translation)) || sourcesAt(target)))
      return field.claim({ outcome: "dropped", to: undefined, text: development, isDevelopment: true });
    const context = contextOf(translation);
    const inBuild = posix.relative(context, path!);
    if (!isExtensible(translation) || inBuild.startsWith("..") || isIgnored(translation, context, inBuild))
      return decide(`Files are not mounted here: COPY ${source} to ${target} in the Dockerfile.`);
    const folderEnd = isFile ? "" : "/";
    translation.addedLines.push(`COPY ${JSON.stringify([`${inBuild || "."}${folderEnd}`, `${target.replace(/\/$/, "")}${folderEnd}`])}`);
    return field.claim({ outcome: "changed", to: "build.dockerfile", text: addedText });
  }
  const folder = posix.dirname(field.node.origin.place.file);
  const inContext = posix.relative(folder, path!);
  if (inContext.startsWith(".."))
    return decide(`${source} is outside of the folder of the Compose file: COPY it into an image of your own.`);
  translation.copies.push({
    field,
    path: path!,
    inContext: isFile ? inContext : `${inContext || "."}/`,
    target: isFile ? target : `${target.replace(/\/$/, "")}/`,
    isFile,
  });
  field.claim({
    outcome: "changed",
    to: "build.dockerfile",
    text: "the files are in an image of the service's own, which is built anew when they change.",
  });
}

/** Whether a `.dockerignore` may keep a path from the build: by any line that names it, or a folder that it lies in. */
function isIgnored({ context: { files } }: ServiceTranslation, context: string, path: string): boolean {
  const lines = (files.read(posix.join(context, ".dockerignore")) ?? "")
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^\.?\/|\/$/g, ""));
  const parts = path.split("/");
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  return lines.some(
    (line) =>
      line !== "" && (prefixes.includes(line) || parts.includes(line.replace(/^\*\*\//, "")) || /^\*{1,2}(?:\/\*)?$|^\*\./.test(line)),
  );
}

/** Where images have their sources mostly. */
function sourcesAt(target: string): boolean {
  return /^\/(?:app|code|src|usr\/src|workspace|var\/www|srv|home|work|opt\/app|go\/src)(?:\/|$)/.test(target);
}

/** Folder that is built from, relative to what is imported. */
function contextOf(translation: ServiceTranslation): string {
  const build = childOf(translation.node, "build");
  const context = build?.kind === "map" ? childOf(build, "context") : build;
  return context?.kind === "scalar"
    ? translation.inSource(context.text || ".", context)
    : translation.inSource(".", build ?? translation.node);
}

function isWithin(path: string, folder: string): boolean {
  return folder === "." || path === "." || path === folder || path.startsWith(`${folder}/`) || folder.startsWith(`${path}/`);
}

/** What is said of a file system that a service has at a second path. */
export function mountedOnce(name: string, path: string | undefined): string {
  return `The file system ${name} is mounted at ${path ?? "another path"}, and a service has each at one path: have the program use that, or a link in the image.`;
}
