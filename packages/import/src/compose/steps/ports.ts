import type { Field } from "../../fields/field";
import { childOf } from "../../source/sourceNode";
import type { Port, ServiceTranslation } from "../serviceTranslation";

/** Ports that debuggers and browsers' reloads listen on. */
const developmentPorts = new Set([9229, 9230, 5005, 5678, 2345, 24678, 35729, 6006]);

/** Reads `ports` and `expose`. What becomes of each is decided once it is known who calls whom. */
export function ports(translation: ServiceTranslation): void {
  const { root } = translation;
  translation.ports = [
    ...itemsOf(root.at("ports")).flatMap((item) => published(item)),
    ...itemsOf(root.at("expose")).flatMap((item) => exposed(item)),
  ];
}

/** Whether a port serves whoever develops alone. */
export function isDevelopmentPort({ port, published: host }: Port): boolean {
  return developmentPorts.has(port) || developmentPorts.has(Number(host));
}

function itemsOf(field: Field | undefined): Field[] {
  if (field && !field.isList) field.refuse("a list of ports");
  return field?.items() ?? [];
}

function published(field: Field): Port[] {
  if (field.isMap) {
    const at = (key: string) => {
      const node = childOf(field.node, key);
      return node?.kind === "scalar" ? node.text : undefined;
    };
    const port = Number(at("target"));
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      field.refuse("a map with target, a port from 1 to 65535");
      return [];
    }
    return [{ port, published: at("published"), isLocal: isLocal(at("host_ip")), protocol: at("protocol") ?? "tcp", field }];
  }
  const text = field.text() ?? "";
  // A variable that nobody here knows leaves nothing of the port: that is told where it stands.
  const [, ip, host, range, protocol = "tcp"] = /^(?:(\[[^\]]*\]|[^:]*):)??(?:([\d-]*):)?(\d+(?:-\d+)?)(?:\/(\w+))?$/.exec(text) ?? [];
  if (range === undefined) {
    field.claim({ outcome: "decide", text: "The port is known to whoever runs Compose alone: write it under containerPort." });
    return [];
  }
  const [from, to = from] = range.split("-").map(Number) as [number, number?];
  if (from < 1 || to > 65535 || to < from) {
    field.refuse("a port from 1 to 65535");
    return [];
  }
  if (to > from) {
    field.claim({ outcome: "decide", was: text, text: "A service has one port: name the one that others reach under containerPort." });
    return [];
  }
  return [{ port: from, published: host || undefined, isLocal: isLocal(ip), protocol, field }];
}

function exposed(field: Field): Port[] {
  const [, text, last, protocol = "tcp"] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(field.text() ?? "") ?? [];
  const port = Number(text);
  if (last !== undefined && Number(last) <= 65535 && Number(last) > port && port > 0) {
    field.claim({ outcome: "ignored", to: undefined, text: "Compose opens nothing by it: what counts is the port that others name." });
    return [];
  }
  if (text === undefined || port < 1 || port > 65535) {
    field.refuse("a port from 1 to 65535");
    return [];
  }
  return [{ port, isLocal: true, protocol, field }];
}

function isLocal(ip: string | undefined): boolean {
  return ip !== undefined && /^(?:127\.|localhost$|\[?::1\]?$)/.test(ip);
}
