import { posix } from "node:path";
import { imageUser, likelySecret, movingTag } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { dockerfileUser } from "../../source/dockerfileUser";
import { asMap } from "../merge";
import type { ServiceTranslation } from "../serviceTranslation";
import { fieldOf } from "./fieldOf";
import { tellRepeated, textOf } from "./variables";

/** `image`, `build` and `user`: how the image comes about, and as whom it runs. */
export function image(translation: ServiceTranslation): void {
  const { root } = translation;
  const [built, named] = [root.at("build"), root.at("image")];
  if (built) {
    build(translation, built);
    named?.claim({ outcome: "changed", to: undefined, text: "it is what the built image is called; here it is named after the service." });
  } else if (named) {
    const reference = named.text();
    translation.set("image", reference);
    named.claim(
      reference !== undefined && movingTag(reference)
        ? { outcome: "changed", was: reference, text: "it is kept at the digest that it has when it is first deployed here." }
        : {},
    );
  } else root.refuse("a service with image or build");
  user(translation);
}

function build(translation: ServiceTranslation, field: Field): void {
  const long = field.isMap ? field : undefined;
  const context = long ? long.at("context") : field;
  const dockerfile = long?.at("dockerfile");
  const folder = context?.text() ?? ".";
  if (isElsewhere(folder)) {
    context!.claim({
      outcome: "decide",
      to: "build.context",
      text: "Its sources are in another repository: copy them here, or name the image that is built of them.",
    });
  } else {
    const from = translation.here(folder, (context ?? field).node);
    const file = dockerfile?.text() ?? "Dockerfile";
    const path = translation.here(posix.join(folder, file), (dockerfile ?? context ?? field).node);
    if (from !== ".") translation.set("build.context", from);
    if (path !== "Dockerfile") translation.set("build.dockerfile", path);
    context?.claim({ now: from });
  }
  dockerfile?.claim();
  if (!isElsewhere(folder)) findDockerfile(translation, dockerfile ?? context ?? field);
  for (const [name, value] of entriesOf(translation, long?.at("args"))) argument(translation, name, value);
  translation.set("build.target", long?.at("target")?.text());
  long?.at("target")?.claim();
  const platforms = long?.at("platforms");
  if (platforms) {
    const known = (platforms.texts() ?? []).filter((each) => each === "linux/amd64" || each === "linux/arm64");
    platforms
      .items()
      .forEach((item, index) =>
        item.claim(index < known.length ? {} : { outcome: "dropped", to: undefined, text: "tasks run on linux/amd64 or linux/arm64." }),
      );
    if (known.length > 0) translation.set("build.platforms", known);
  }
  const ssh = long?.at("ssh");
  if (ssh) {
    translation.set(
      "build.ssh",
      (ssh.texts() ?? []).map((each) => each.split("=")[0]),
    );
    if (ssh.isList) for (const item of ssh.items()) item.claim();
    else ssh.claim();
  }
  for (const item of long?.at("secrets")?.items() ?? []) {
    const id = item.isMap ? item.at("source") : item;
    const name = id?.node.kind === "scalar" ? id.node.text : undefined;
    if (name) translation.setEntry("build.secrets", name, name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_"));
    item.claim();
  }
}

/** Whether a context is a repository of git's, or an archive: its address may have a login. */
function isElsewhere(context: string): boolean {
  return /^[a-z]+:\/\/|^git@|\.git(?:#|$)/i.test(context);
}

/** A Dockerfile that is not where the file says: of another case, which some file systems don't tell apart, or not there. */
function findDockerfile(translation: ServiceTranslation, field: Field): void {
  const { files } = translation.context;
  const path = dockerfilePath(translation);
  if (path === undefined || files.paths.includes(path) || field.node.kind !== "scalar") return;
  const other = files.paths.find((each) => each.toLowerCase() === path.toLowerCase());
  if (other === undefined)
    return field.claim({
      outcome: "decide",
      to: "build.dockerfile",
      was: path,
      text: "There is no such file here: it was never committed, or is made before the build. Write it, or correct the path.",
    });
  translation.set("build.dockerfile", posix.join(translation.context.toWorkspace(translation.service), other));
  field.claim({
    outcome: "changed",
    to: "build.dockerfile",
    was: path,
    now: other,
    text: "the file is written so; where letters' case counts, as on Linux, the other name finds nothing.",
  });
}

function argument(translation: ServiceTranslation, name: string, value: Field): void {
  const { node } = value;
  if (node.kind === "scalar" && (node.isNull || translation.context.unknown.has(node.origin))) {
    value.claim({
      outcome: "decide",
      to: `build.args.${name}`,
      text: "Compose takes it from the shell of whoever builds: write its value under build.args, or the variable's name under build.secrets where it is a secret.",
    });
    return;
  }
  const text = node.kind === "scalar" ? textOf(node) : (value.text() ?? "");
  const secret = likelySecret(name, text);
  if (!secret) translation.setEntry("build.args", name, text);
  const local = /\b(?:localhost|127\.0\.0\.1):\d+/.test(text);
  value.claim(
    secret
      ? {
          outcome: "decide",
          to: `build.secrets.${name}`,
          text: `It ${secret.certainty === "sure" ? "is" : "may be"} a secret (${secret.what}), and was left out: an argument stays in the image's history. Give it to the build under build.secrets, and issue a new one.`,
        }
      : local
        ? {
            outcome: "decide",
            was: text,
            text: "The image is built with an address of one machine: write the one that browsers will find, such as the load balancer's.",
          }
        : {},
  );
}

function entriesOf(translation: ServiceTranslation, field: Field | undefined): [string, Field][] {
  const map = field && asMap(field.node);
  if (field && !map) field.refuse("a map, or a list of NAME=value");
  if (field) tellRepeated(field);
  return map ? fieldOf(translation, map, field!.path).entries({ nulls: true }) : [];
}

/** Who it runs as: what the file says, what the Dockerfile ends as, or the image's own, which is root mostly. */
function user(translation: ServiceTranslation): void {
  const field = translation.root.at("user");
  if (field) {
    translation.set("user", field.text());
    field.claim();
    return;
  }
  const path = dockerfilePath(translation);
  const text = path === undefined ? undefined : translation.context.files.read(path);
  const named = text === undefined ? undefined : dockerfileUser(text);
  if (named !== undefined && named !== "root" && !named.includes("$")) {
    translation.set("user", named);
    return;
  }
  translation.set("user", imageUser);
}

/** The Dockerfile that a service is built from, relative to what is imported; undefined where it is an image. */
export function dockerfilePath(translation: ServiceTranslation): string | undefined {
  const { root } = translation;
  const node = root.node.kind === "map" ? root.node.entries.get("build")?.value : undefined;
  if (!node || (node.kind === "scalar" && node.isNull)) return undefined;
  const child = (key: string) => {
    const value = node.kind === "map" ? node.entries.get(key)?.value : undefined;
    return value?.kind === "scalar" && !value.isNull ? value.text : undefined;
  };
  const context = node.kind === "scalar" ? node.text : (child("context") ?? ".");
  if (isElsewhere(context)) return undefined;
  const path = translation.inSource(posix.join(context, child("dockerfile") ?? "Dockerfile"), node);
  return path.startsWith("..") ? undefined : path;
}
