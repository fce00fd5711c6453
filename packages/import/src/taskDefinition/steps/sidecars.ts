import type { Field } from "../../fields/field";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";
import { container } from "./container";
import { imageOf, type Account } from "./image";
import { logs } from "./logs";
import { sidecarCredentials } from "./repositoryCredentials";
import { portOf } from "./traffic";
import { mountPoints } from "./volumes";

/** Containers beside the service's own. */
export function sidecar(
  translation: TaskDefinitionTranslation,
  field: Field,
  nameOf: (container: string) => string | undefined,
  account: Account,
): void {
  const name = nameOf(textOf(field, "name")!);
  if (name === undefined) {
    router(translation, field);
    return;
  }
  const to = ["sidecars", name];
  field.at("name")!.claim({ to: to.join("."), now: name });
  const image = field.at("image");
  const reference = image?.text();
  if (!image || reference === undefined) {
    field.refuse("a container with an image");
    return;
  }
  // A container of the image that is built here has that of its first deployment.
  const named = imageOf(translation, image, reference, account);
  translation.set(to, "image", named ?? reference);
  sidecarCredentials(translation, field, to);
  const essential = field.at("essential");
  if (essential?.boolean() === false) translation.set(to, "essential", false);
  essential?.claim();
  const [first, ...others] = field.at("portMappings")?.items() ?? [];
  translation.set(to, "containerPort", first && portOf(first));
  for (const other of others) other.claim({ outcome: "dropped", to: undefined, text: "a container has one port here." });
  const [cpu, memory] = [field.at("cpu"), field.at("memory")];
  const [units, mib] = [cpu?.number(), memory?.number()];
  if (units) translation.set(to, "cpu", units);
  if (mib && mib >= 6) translation.set(to, "memoryMiB", mib);
  cpu?.claim();
  memory?.claim();
  container(translation, field, to, nameOf);
  mountPoints(translation, field, to);
  logs(translation, field, false);
}

/** A router of logs: Fairlead has one of its own, which `logRouting` starts. */
function router(translation: TaskDefinitionTranslation, field: Field): void {
  const configuration = field.at("firelensConfiguration")!;
  const type = textOf(configuration, "type");
  const text =
    type === "fluentbit"
      ? "the router is Fairlead's own, AWS's image of Fluent Bit. Filters and parsers of a file of its own are not taken over."
      : "Routers are Fluent Bit here: write what Fluentd does as an output of that.";
  field.claim({ outcome: type === "fluentbit" ? "changed" : "decide", to: "logRouting", text });
}
