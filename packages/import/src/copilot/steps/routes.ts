import { healthCheckValues, sourceIpsLimit } from "@fairlead/model";

import type { Field } from "../../fields/field";
import type { Translation } from "../translation";
import { secondsOf } from "./container";

interface Route {
  path: string;
  host?: string;
  sourceIps?: string[];
}

/** `http`: paths, hosts and the health check of the load balancer. */
export function routes(translation: Translation): void {
  const { root, type } = translation;
  const http = root.at("http");
  if (!http) return;
  if (!http.isMap) {
    if (http.isBoolean()) http.claim({ to: http.boolean() ? "routes" : "(no routes)" });
    else http.refuse("a map, or false");
    return;
  }
  if (type === "Request-Driven Web Service") {
    requestDriven(translation, http);
    return;
  }
  const found = [
    ...rule(translation, http, true),
    ...(http.at("additional_rules")?.items() ?? []).flatMap((each) => rule(translation, each, false)),
  ];
  const existing = http.at("alb");
  // What becomes of it depends on the environment's other services.
  existing?.cover();
  translation.existingLoadBalancer = existing;
  if (found.length > 0) translation.set("routes", found);
}

/** App Runner has an address for itself, and no paths. */
function requestDriven(translation: Translation, http: Field): void {
  const alias = http.at("alias");
  const isPrivate = http.at("private");
  healthCheck(translation, http.at("healthcheck"), true);
  isPrivate?.claim();
  alias?.claim();
  if (!isPrivate) translation.set("routes", [{ path: "/*", host: alias?.text() ?? `${translation.service}.*` }]);
}

function rule(translation: Translation, field: Field, isMain: boolean): Route[] {
  const path = field.at("path");
  const hosts = aliases(field.at("alias"));
  path?.claim();
  healthCheck(translation, field.at("healthcheck"), isMain);
  target(translation, field, isMain);
  others(translation, field, isMain);
  const sourceIps = sourcesOf(field.at("allowed_source_ips"));
  const text = path?.text();
  if (text === undefined) return [];
  const paths = pathsOf(text).map((each) => ({ path: each, ...(sourceIps && { sourceIps }) }));
  return hosts.length === 0 ? paths : hosts.flatMap((host) => paths.map((each) => ({ ...each, host })));
}

/** Ranges of addresses that a rule answers to; undefined where there are none, or more than one rule has room for. */
function sourcesOf(field: Field | undefined): string[] | undefined {
  const ranges = (field?.texts() ?? []).map((text) => (text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`));
  const fits = ranges.length > 0 && ranges.length <= sourceIpsLimit;
  field?.claim(fits ? {} : { outcome: "decide", to: undefined, text: tooManySources });
  return fits ? ranges : undefined;
}

const tooManySources = `A route names ${sourceIpsLimit} ranges at most, and this one is open to all: join the ranges, or admit them with a rule of the load balancer's WebAcl.`;

/** Copilot's rule has two patterns: the path itself, and what is below it. */
function pathsOf(path: string): string[] {
  const trimmed = path.replace(/^\/+/, "").replace(/\/+$/, "");
  return trimmed === "" ? ["/*"] : [`/${trimmed}`, `/${trimmed}/*`];
}

function aliases(field: Field | undefined): string[] {
  if (!field) return [];
  const advanced = field.items().filter(({ isMap }) => isMap);
  if (advanced.length === 0) {
    field.claim();
    return (field.texts() ?? []).flatMap((text) => text.split(/,\s*/));
  }
  return advanced.flatMap((each) => {
    each.at("hosted_zone")?.claim();
    each.at("name")?.claim();
    return each.at("name")?.text() ?? [];
  });
}

/** One for all rules of a service: that of the first. */
function healthCheck(translation: Translation, field: Field | undefined, isMain: boolean): void {
  if (!field) return;
  const set = (key: string, value: unknown) => {
    if (isMain) translation.set(`healthCheck.${key}`, value);
  };
  if (!field.isMap) {
    set("path", pathOf(field.text()));
    field.claim();
    return;
  }
  const path = field.at("path");
  set("path", pathOf(path?.text()));
  path?.claim();
  const interval = secondsOf(field.at("interval"));
  const timeout = secondsOf(field.at("timeout"));
  // Copilot's own interval is twice ours, and lets a check last longer.
  set("intervalSeconds", interval ?? (timeout !== undefined && timeout >= healthCheckValues.intervalSeconds.default ? 30 : undefined));
  set("timeoutSeconds", timeout);
  const codes = field.at("success_codes");
  set("matcher", codes?.text()?.replaceAll(" ", ""));
  codes?.claim();
  const port = field.at("port");
  port?.claim(port.number() === translation.root.at("image", "port")?.number() ? { outcome: "exact", to: "containerPort" } : {});
  thresholds(translation, field, isMain);
}

/** How often a check has to tell the same, and from when on it counts. */
export function thresholds(translation: Translation, field: Field, isMain: boolean): void {
  const set = (key: string, value: number | undefined) => {
    if (isMain) translation.set(`healthCheck.${key}`, value);
  };
  for (const [key, to] of [
    ["healthy_threshold", "healthyThresholdCount"],
    ["unhealthy_threshold", "unhealthyThresholdCount"],
  ] as const) {
    const each = field.at(key);
    set(to, each?.number());
    each?.claim();
  }
  set("gracePeriodSeconds", secondsOf(field.at("grace_period")));
}

function pathOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : text.startsWith("/") ? text : `/${text}`;
}

/** Which container the traffic goes to, and on which port: as the port of a sidecar says, where it is one's. */
function target(translation: Translation, field: Field, isMain: boolean): void {
  const { root } = translation;
  const name = field.at("target_container") ?? field.at("targetContainer");
  const port = field.at("target_port");
  const own = root.at("image", "port")?.number();
  const portOf = (sidecar: string) => Number(root.at("sidecars", sidecar, "port")?.text()?.split("/")[0]);
  const sidecars = (root.at("sidecars")?.entries() ?? []).map(([each]) => each);
  const service = root.at("name")?.text();
  const wanted = port?.number();
  const ofPort = wanted === undefined || wanted === own ? undefined : sidecars.find((each) => portOf(each) === wanted);
  const container = name?.text() ?? ofPort ?? service;
  const isOwn = container === service;
  const listens = isOwn ? own : portOf(container ?? "") || undefined;
  // One container is reached, by whatever route.
  const isSame = isMain || translation.manifest.targetContainer === (isOwn ? undefined : container);
  if (isOwn && isMain && wanted !== undefined && wanted !== own) {
    name?.claim({ outcome: "exact", to: undefined });
    translation.set("containerPort", wanted);
    port!.claim({ outcome: "changed", to: "containerPort", was: String(own), now: port!.text(), text: otherPort });
    return;
  }
  // A sidecar that is built is left to decide, with all that goes to it.
  const isTaken = isOwn || (listens !== undefined && !root.at("sidecars", container!, "image", "build"));
  if (isSame && isTaken && (wanted ?? listens) === listens) {
    if (!isOwn) translation.set("targetContainer", container);
    name?.claim({ outcome: "exact", to: isOwn ? undefined : "targetContainer" });
    port?.claim({ outcome: "exact", to: isOwn ? "containerPort" : `sidecars.${container}.containerPort` });
    return;
  }
  const text =
    "Requests of every route go to one container on its containerPort: give the sidecar its containerPort, or have one proxy stand before both.";
  name?.claim({ outcome: "decide", to: "targetContainer", text });
  port?.claim({ outcome: "decide", to: "containerPort", was: port.text(), now: String(listens ?? ""), text });
}

const otherPort =
  "requests come to this port, which is the service's own here: PORT names it, and nobody is let in to the image's other port.";

function others(translation: Translation, field: Field, isMain: boolean): void {
  field.at("hosted_zone")?.claim();
  const delay = field.at("deregistration_delay");
  const seconds = secondsOf(delay);
  if (isMain) translation.set("deregistrationDelaySeconds", seconds);
  const sticky = field.at("stickiness");
  const isSticky = sticky?.boolean() === true;
  // A day is what load balancers take where nobody says how long.
  if (isSticky) translation.set("stickinessSeconds", 86_400);
  sticky?.claim(isSticky ? {} : { outcome: "exact", to: undefined, text: undefined });
  const redirect = field.at("redirect_to_https");
  redirect?.claim(
    redirect.boolean() ? {} : { outcome: "changed", to: undefined, text: "with a certificate, plain HTTP is always redirected." },
  );
  const version = field.at("version");
  const isPlain = /^http1(\.1)?$/i.test(version?.text() ?? "");
  version?.claim(isPlain ? { outcome: "exact", to: undefined } : { was: version.text() });
}
