import { checkedPath } from "../../compose/steps/healthCheck";
import type { Field } from "../../fields/field";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";

const notSaid =
  "Whether a load balancer leads to it stands in the ECS service. Written is one, for every path: name paths and hosts under routes, or remove them where other services alone call it (kind: backend-service).";

/** The port of the service's own container. */
export function mainPort(translation: TaskDefinitionTranslation, container: Field): void {
  const [first, ...others] = container.at("portMappings")?.items() ?? [];
  translation.set([], "containerPort", first && portOf(first));
  for (const other of others) {
    other.claim({
      outcome: "dropped",
      to: undefined,
      was: textOf(other, "containerPort"),
      text: "a service has one port: what is reached by the second is a service of its own.",
    });
  }
}

/** What reaches it. @param isPublic whether a load balancer leads there */
export function traffic(translation: TaskDefinitionTranslation, container: Field, isPublic: boolean): void {
  const [first] = container.at("portMappings")?.items() ?? [];
  const port = translation.manifest.containerPort as number | undefined;
  if (port === undefined) {
    translation.set([], "kind", "worker");
    translation.say({ outcome: "changed", source: "", to: "kind", now: "worker", text: "it has no port, so that nobody calls it." });
    return;
  }
  if (!isPublic) {
    translation.set([], "kind", "backend-service");
    const text =
      "Another service of the import has the load balancer's every path. Give this one routes of its own (kind: web-service) where it is public.";
    translation.say({ outcome: "decide", source: "portMappings", to: "kind", now: "backend-service", text }, first!.node.origin.place);
    return;
  }
  translation.set([], "routes", [{ path: "/*" }]);
  const { command = [] } = (translation.manifest.containerHealthCheck ?? {}) as { command?: string[] };
  const path = checkedPath(command, port);
  if (path !== undefined && path !== "/") translation.set(["healthCheck"], "path", path);
  translation.say({ outcome: "decide", source: "portMappings", to: "routes", now: "/*", text: notSaid }, first!.node.origin.place);
  const asked = `The load balancer asks each task for ${path ?? "/"}, and ends those that don't answer 200 to 299: write the path that the target group has under healthCheck.`;
  translation.say(
    { outcome: "decide", source: "portMappings", to: "healthCheck.path", now: path ?? "/", text: asked },
    first!.node.origin.place,
  );
}

/** The port of a mapping of TCP. */
export function portOf(item: Field): number | undefined {
  const [port, protocol] = [item.at("containerPort"), item.at("protocol")];
  const number = port?.number();
  if (number !== undefined && (number < 1 || number > 65535)) {
    port!.refuse("1 to 65535");
    return undefined;
  }
  port?.claim();
  const host = item.at("hostPort");
  // With awsvpc both are one, and 0 is a port that nobody names.
  if (host && [textOf(item, "containerPort"), "0"].includes(host.text())) host.claim({ outcome: "exact", to: undefined });
  if (protocol && !/^tcp$/i.test(protocol.text() ?? "")) {
    protocol.claim({ outcome: "decide", to: undefined, was: protocol.text(), text: "Ports are those of TCP." });
    return undefined;
  }
  protocol?.claim();
  return number;
}
