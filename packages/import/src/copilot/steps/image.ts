import { posix } from "node:path";
import { likelySecret, movingTag } from "@fairlead/model";

import type { Claimed, Field } from "../../fields/field";
import type { Translation } from "../translation";
import { setEntry } from "./setEntry";

/** How the image comes about: built, or taken from a registry. */
export function image(translation: Translation): void {
  const field = translation.root.at("image");
  const built = field?.at("build");
  build(translation, built);
  if (built) {
    field?.at("location")?.refuse("either build or location");
    field?.at("credentials")?.claim({ outcome: "ignored", to: undefined, text: "of an image that is built nothing is pulled with it." });
  } else location(translation, field?.at("location"), field?.at("credentials"));
  const port = field?.at("port");
  if (!port) return;
  translation.set("containerPort", port.number());
  port.claim();
}

/** Paths of Copilot's are from the workspace; here they are from the manifest. */
function build(translation: Translation, field: Field | undefined): void {
  if (!field) return;
  const args = field.isMap ? field : undefined;
  const named = args ? args.at("dockerfile") : field;
  const context = args?.at("context");
  const dockerfile = slashed(named);
  const folder = slashed(context) ?? posix.dirname(dockerfile ?? "Dockerfile");
  const here = (path: string) => posix.normalize(posix.join(translation.toWorkspace, path));
  const file = here(dockerfile ?? posix.join(folder, "Dockerfile"));
  if (file !== "Dockerfile") translation.set("build.dockerfile", file);
  const from = here(folder).replace(/(.)\/$/, "$1");
  if (from !== ".") translation.set("build.context", from);
  named?.claim({ now: file });
  context?.claim({ now: from });
  for (const [name, value] of args?.at("args")?.entries({ nulls: true }) ?? []) {
    const text = value.text() ?? "";
    const secret = likelySecret(name, text);
    if (!secret) setEntry(translation, "build.args", name, text);
    value.claim(
      secret && {
        outcome: "decide",
        to: `build.secrets.${name}`,
        text: `It ${secret.certainty === "sure" ? "is" : "may be"} a secret (${secret.what}), and was left out: an argument stays in the image's history. Give it to the build under build.secrets, and issue a new one.`,
      },
    );
  }
  const target = args?.at("target");
  translation.set("build.target", target?.text());
  target?.claim();
  args?.at("cache_from")?.claim();
}

/** A path as it was written on Windows, where Copilot takes it so, leads nowhere elsewhere. */
function slashed(field: Field | undefined): string | undefined {
  return field?.text()?.replaceAll("\\", "/");
}

function location(translation: Translation, field: Field | undefined, credentials: Field | undefined): void {
  const reference = field?.text();
  translation.set("image", reference);
  if (reference !== undefined) field!.claim(movingTag(reference) ? pinnedLater(reference) : {});
  const arn = credentials?.text();
  if (arn !== undefined) translation.set("repositoryCredentials", { secretsManager: arn });
  credentials?.claim();
}

/** What is said of an image that is named by what moves. */
export function pinnedLater(reference: string): Claimed {
  const text = "it is kept at the digest that it has when it is first deployed here: name the version that runs, or its digest.";
  return { outcome: "changed", was: reference, text };
}
