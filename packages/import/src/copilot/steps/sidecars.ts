import { imageUser, movingTag } from "@fairlead/model";

import type { Field } from "../../fields/field";
import type { Translation } from "../translation";
import { containerKeys } from "./container";
import { pinnedLater } from "./image";
import { setEntry } from "./setEntry";
import { sidecarMounts } from "./sharedVolumes";

/** Containers beside the service's own. */
export function sidecars(translation: Translation): void {
  for (const [name, field] of translation.root.at("sidecars")?.entries() ?? []) sidecar(translation, name, field);
}

function sidecar(translation: Translation, name: string, field: Field): void {
  const to = `sidecars.${name}.`;
  const set = (key: string, value: unknown) => {
    if (value !== undefined) setEntry(translation, `sidecars.${name}`, key, value);
  };
  const named = field.at("image");
  const build = named?.at("build");
  if (build) {
    build.claim();
    field.cover();
    return;
  }
  const image = named?.isMap ? named.at("location") : named;
  const reference = image?.text();
  set("image", reference);
  image?.claim(reference && movingTag(reference) ? pinnedLater(reference) : {});
  port(field.at("port"), set);
  const essential = field.at("essential");
  if (essential?.boolean() === false) set("essential", false);
  essential?.claim();
  const credentials = field.at("credentialsParameter");
  const arn = credentials?.text();
  if (arn !== undefined) set("repositoryCredentials", { secretsManager: arn });
  credentials?.claim();
  set("mountPoints", sidecarMounts(translation, field.at("mount_points")));
  containerKeys(translation, field, field, to);
  // As the image's own user, whose files can be written, as it was.
  set("user", imageUser);
  set("readonlyRootFilesystem", false);
}

function port(field: Field | undefined, set: (key: string, value: unknown) => void): void {
  if (!field) return;
  const [number, protocol = "tcp"] = (field.text() ?? "").split("/");
  if (!/^\d+$/.test(number!)) {
    field.refuse("a port, such as 8080 or 8080/tcp");
    return;
  }
  set("containerPort", Number(number));
  field.claim(protocol.toLowerCase() === "tcp" ? {} : { outcome: "decide", was: field.text(), text: "Ports are those of TCP." });
}
